// The tokeniser of mteval-v13a, as sacreBLEU 2.x has it (Post 2018, "A call for clarity in reporting BLEU scores", §3).
//
// Four passes, each a regular expression there and a scan over UTF-8 bytes here. Bytes will do: everything the patterns
// name is ASCII, and "any scalar but a digit" is recognised by its last byte (pass 2) or its first (pass 3).

/// 13a: splits off ASCII punctuation and symbols, but no period or comma between digits, no hyphen but after a digit,
/// no apostrophe, and nothing that is not ASCII.
enum Tokenizer13a {
    /// The line with spaces where it is to be split.
    static func spaced(_ line: [UInt8]) -> [UInt8] {
        var line = line
        PythonText.stripTrailingWhitespace(&line)
        // The order of replacements matters: "&amp;lt;" becomes "<".
        replace("<skipped>", "", &line)
        replace("-\n", "", &line)
        replace("\n", " ", &line)
        if line.contains(UInt8(ascii: "&")) {
            replace("&quot;", "\"", &line)
            replace("&amp;", "&", &line)
            replace("&lt;", "<", &line)
            replace("&gt;", ">", &line)
        }
        // The patterns of passes 2 and 3 want a neighbour, so the line gets one at each end.
        line.insert(space, at: 0)
        line.append(space)
        return splitPunctuation(line)
    }

    /// The four passes, which the Chinese tokeniser makes too.
    static func splitPunctuation(_ line: [UInt8]) -> [UInt8] {
        splitDashes(splitBeforeNonDigit(splitAfterNonDigit(splitSymbols(line))))
    }

    private static let space = UInt8(ascii: " ")
    private static let dash = UInt8(ascii: "-")

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    /// ([\{-\~\[-\` -\&\(-\+\:-\@\/]) → ' \1 '
    private static func splitSymbols(_ line: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(line.count * 3 / 2)
        for byte in line {
            switch byte {
            case 0x7B...0x7E, 0x5B...0x60, 0x20...0x26, 0x28...0x2B, 0x3A...0x40, 0x2F:
                out.append(space)
                out.append(byte)
                out.append(space)
            default:
                out.append(byte)
            }
        }
        return out
    }

    /// ([^0-9])([\.,]) → '\1 \2 '
    private static func splitAfterNonDigit(_ line: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(line.count * 3 / 2)
        var i = 0
        while i < line.count {
            out.append(line[i])
            if !isDigit(line[i]), i + 1 < line.count, isPoint(line[i + 1]) {
                out.append(space)
                out.append(line[i + 1])
                out.append(space)
                i += 1
            }
            i += 1
        }
        return out
    }

    /// ([\.,])([^0-9]) → ' \1 \2'
    private static func splitBeforeNonDigit(_ line: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(line.count * 3 / 2)
        var i = 0
        while i < line.count {
            if isPoint(line[i]), i + 1 < line.count, !isDigit(line[i + 1]) {
                out.append(space)
                out.append(line[i])
                out.append(space)
                out.append(line[i + 1])
                i += 2
            } else {
                out.append(line[i])
                i += 1
            }
        }
        return out
    }

    /// ([0-9])(-) → '\1 \2 '
    private static func splitDashes(_ line: [UInt8]) -> [UInt8] {
        guard line.contains(dash) else { return line }
        var out: [UInt8] = []
        out.reserveCapacity(line.count * 3 / 2)
        for (i, byte) in line.enumerated() {
            if byte == dash, i > 0, isDigit(line[i - 1]) {
                out.append(space)
                out.append(byte)
                out.append(space)
            } else {
                out.append(byte)
            }
        }
        return out
    }

    /// `str.replace(_:_:)`: every occurrence from the left, none overlapping.
    private static func replace(_ pattern: StaticString, _ replacement: StaticString, _ line: inout [UInt8]) {
        let pattern = Array("\(pattern)".utf8), replacement = Array("\(replacement)".utf8)
        guard let first = line.firstIndex(of: pattern[0]) else { return }
        var out = Array(line[..<first])
        var i = first
        while i < line.count {
            if line[i] == pattern[0], line[i...].starts(with: pattern) {
                out += replacement
                i += pattern.count
            } else {
                out.append(line[i])
                i += 1
            }
        }
        line = out
    }
}
