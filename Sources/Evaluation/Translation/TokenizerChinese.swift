// sacreBLEU's tokeniser for Chinese: each Chinese character is a token, and the rest is cut as 13a cuts it, without the
// spaces that 13a puts around a line, and without its repair of escapes.

enum TokenizerChinese {
    /// What sacreBLEU calls Chinese. U+2001–2A6D and U+2F81–2FA1 stand where it means the planes U+20000–2A6D6 and
    /// U+2F800–2FA1D: four digits of \u are read there, and the fifth is a character of its own. So “ ” and … are
    /// split off, and a rare character of the second plane is not.
    private static let ranges: [ClosedRange<UInt32>] = [
        0x2001...0x2A6D, 0x2E80...0x2EFF, 0x2F00...0x2FDF, 0x2FF0...0x2FFF, 0x3000...0x303F, 0x3100...0x312F,
        0x31A0...0x31BF, 0x31C0...0x31EF, 0x3200...0x32FF, 0x3300...0x33FF, 0x3400...0x4DB5, 0x4E00...0x9FBB,
        0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9, 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF00...0xFFEF,
    ]

    /// The line with spaces where it is to be split.
    static func spaced(_ line: [UInt8]) -> [UInt8] {
        var line = line
        PythonText.stripTrailingWhitespace(&line)
        PythonText.stripLeadingWhitespace(&line)
        guard line.contains(where: { $0 >= 0x80 }) else { return Tokenizer13a.splitPunctuation(line) }
        var out = String.UnicodeScalarView()
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            if isChinese(scalar) { out.append(contentsOf: [" ", scalar, " "]) } else { out.append(scalar) }
        }
        return Tokenizer13a.splitPunctuation(Array(String(out).utf8))
    }

    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x2001 && ranges.contains { $0.contains(scalar.value) }
    }
}
