// The international tokeniser of mteval-v14, as sacreBLEU 2.x has it.
//
//   (\P{N})(\p{P}) → '\1 \2 '      (\p{P})(\P{N}) → ' \1 \2'      (\p{S}) → ' \1 '
//
// N numbers, P punctuation, S symbols: the general categories of Unicode, scalar by scalar. A full stop after the last
// digit of a line stays with it, which its authors call an error and keep. A character newer than the Unicode of Swift's
// library has no category here; sacreBLEU may know it.

enum TokenizerInternational {
    private enum Kind { case number, punctuation, symbol, other }

    /// The line with spaces where it is to be split.
    static func spaced(_ line: [UInt8]) -> [UInt8] {
        var line = line
        PythonText.stripTrailingWhitespace(&line)
        let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
        let split = splitBeforeOthers(splitAfterOthers(scalars))
        var out = String.UnicodeScalarView()
        for scalar in split {
            if kind(scalar) == .symbol { out.append(contentsOf: [" ", scalar, " "]) } else { out.append(scalar) }
        }
        return Array(String(out).utf8)
    }

    /// (\P{N})(\p{P}) → '\1 \2 '
    private static func splitAfterOthers(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = [], i = 0
        out.reserveCapacity(line.count * 3 / 2)
        while i < line.count {
            out.append(line[i])
            if i + 1 < line.count, kind(line[i]) != .number, kind(line[i + 1]) == .punctuation {
                out += [" ", line[i + 1], " "]
                i += 1
            }
            i += 1
        }
        return out
    }

    /// (\p{P})(\P{N}) → ' \1 \2'
    private static func splitBeforeOthers(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = [], i = 0
        out.reserveCapacity(line.count * 3 / 2)
        while i < line.count {
            if i + 1 < line.count, kind(line[i]) == .punctuation, kind(line[i + 1]) != .number {
                out += [" ", line[i], " ", line[i + 1]]
                i += 2
            } else {
                out.append(line[i])
                i += 1
            }
        }
        return out
    }

    /// Of the 128 of ASCII, which most of a text is.
    private static let ascii: [Kind] = (0..<128).map { category(Unicode.Scalar(UInt8($0))) }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        scalar.isASCII ? ascii[Int(scalar.value)] : category(scalar)
    }

    private static func category(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: .number
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            .punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        default: .other
        }
    }
}
