// Text of a file or of a user on its way to a terminal: nothing of it moves the cursor, and nothing of it is unseen.

public enum TerminalText {
    /// The text with its control and invisible characters named, "\u{1B}" and "\u{FEFF}": they could move the cursor or
    /// colour what follows, turn the direction of a line, or make two words look the same. Joiners stay where letters
    /// need them.
    /// - Parameter keepingLines: for texts of several lines: their ends and tabs stay.
    public static func harmless(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        return named(text) { isHarmful($0) && !(keepingLines && ($0 == "\n" || $0 == "\t")) }
    }

    /// A word or a line of a file between quotation marks, as a message about it has it: every character that cannot be
    /// seen is named, joiners and unusual spaces too, and what is longer than anybody reads is cut.
    public static func quoted(_ text: String, to length: Int = 60) -> String { "“\(cut(text, to: length))”" }

    /// As `quoted`, without the marks.
    public static func cut(_ text: String, to length: Int = 60) -> String {
        let scalars = text.unicodeScalars, shown = scalars.prefix(length)
        let isCut = shown.endIndex < scalars.endIndex
        return named(String(String.UnicodeScalarView(shown))) { $0 != " " && (isHarmful($0) || isUnseen($0)) }
            + (isCut ? "…" : "")
    }

    private static func named(_ text: String, _ isNamed: (Unicode.Scalar) -> Bool) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if isNamed(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Control characters, line separators and invisible format characters; not the joiners of scripts and pictures.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7F { return scalar.value < 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        case .format:
            return scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{200C}" && scalar != "\u{200D}"
        default: return false
        }
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && (scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isWhitespace)
    }
}
