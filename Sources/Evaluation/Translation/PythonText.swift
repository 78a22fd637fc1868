// The three string operations of Python that sacreBLEU leans on, over UTF-8 bytes and Unicode scalars.
//
// Swift's own are no substitute: a Character is a grapheme and == is canonical equivalence, so "é" written in two ways
// would match here and not there. Bytes of UTF-8 are equal exactly when the scalars are.

/// Text as Python's `str` methods see it.
enum PythonText {
    /// The length in bytes of the whitespace character that begins at `i`, or 0 where there is none.
    ///
    /// Whitespace is what `str.split()` splits at: U+0009–000D, 001C–0020, 0085, 00A0, 1680, 2000–200A, 2028, 2029,
    /// 202F, 205F, 3000.
    static func whitespaceLength(_ bytes: [UInt8], at i: Int) -> Int {
        switch bytes[i] {
        case 0x09...0x0D, 0x1C...0x20: return 1
        case 0xC2 where i + 1 < bytes.count:
            return bytes[i + 1] == 0x85 || bytes[i + 1] == 0xA0 ? 2 : 0
        case 0xE1...0xE3 where i + 2 < bytes.count:
            switch (bytes[i], bytes[i + 1], bytes[i + 2]) {
            case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
                (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
                return 3
            default: return 0
            }
        default: return 0
        }
    }

    /// `str.rstrip()`.
    static func stripTrailingWhitespace(_ bytes: inout [UInt8]) {
        while !bytes.isEmpty {
            var start = bytes.count - 1
            while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
            guard whitespaceLength(bytes, at: start) == bytes.count - start else { return }
            bytes.removeLast(bytes.count - start)
        }
    }

    /// `str.lstrip()`.
    static func stripLeadingWhitespace(_ bytes: inout [UInt8]) {
        var start = 0
        while start < bytes.count {
            let length = whitespaceLength(bytes, at: start)
            if length == 0 { break }
            start += length
        }
        bytes.removeFirst(start)
    }

    /// `str.split()`: calls `body` with the byte range of each token.
    static func forEachToken(_ bytes: [UInt8], _ body: (Range<Int>) -> Void) {
        var i = 0, start = 0
        while i < bytes.count {
            let length = whitespaceLength(bytes, at: i)
            if length == 0 {
                i += 1
            } else {
                if start < i { body(start..<i) }
                i += length
                start = i
            }
        }
        if start < bytes.count { body(start..<bytes.count) }
    }

    /// `str.lower()`: scalar by scalar, but for the capital sigma, which has another form at the end of a word.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (i, scalar) in scalars.enumerated() {
            if scalar == "\u{3A3}" {
                result.append(isFinalSigma(scalars, at: i) ? "\u{3C2}" : "\u{3C3}")
            } else if scalar.isASCII {
                result.append("A"..."Z" ~= scalar ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
            } else {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    /// A cased letter before it and none after it, case-ignorable scalars (accents, apostrophes) not counted.
    private static func isFinalSigma(_ scalars: [Unicode.Scalar], at i: Int) -> Bool {
        let before = scalars[..<i].last { !$0.properties.isCaseIgnorable }
        guard let before, before.properties.isCased else { return false }
        let after = scalars[(i + 1)...].first { !$0.properties.isCaseIgnorable }
        return after.map { !$0.properties.isCased } ?? true
    }
}
