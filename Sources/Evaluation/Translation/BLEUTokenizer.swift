// What BLEU calls a token: sacreBLEU's tokenisers, by the names of its --tokenize.

/// How a line is cut into tokens. The signature says which one it was: figures of two tokenisers are not comparable.
public enum BLEUTokenizer: String, Sendable, Codable, CaseIterable {
    /// mteval-v13a's, for languages that are written as those of Europe are.
    case v13a = "13a"
    /// Words stand between white space already.
    case none
    /// Every scalar is a token.
    case char
    /// mteval-v14's, which knows the punctuation and the symbols of all scripts.
    case intl
    /// Every Chinese character is a token, the rest is as with 13a.
    case zh

    /// The tokens of one line.
    public func tokens(_ line: String) -> [String] {
        let bytes = spaced(Array(line.utf8))
        var tokens: [String] = []
        PythonText.forEachToken(bytes) { tokens.append(String(decoding: bytes[$0], as: UTF8.self)) }
        return tokens
    }

    /// The line with spaces where it is to be split.
    func spaced(_ line: [UInt8]) -> [UInt8] {
        switch self {
        case .v13a: Tokenizer13a.spaced(line)
        case .none: line
        case .char: Self.spacedScalars(line)
        case .intl: TokenizerInternational.spaced(line)
        case .zh: TokenizerChinese.spaced(line)
        }
    }

    private static func spacedScalars(_ line: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(line.count * 2)
        for byte in line {
            // A byte that goes on with a scalar begins with the bits 10.
            if byte & 0xC0 != 0x80 { out.append(UInt8(ascii: " ")) }
            out.append(byte)
        }
        return out
    }
}
