// Text of a user in Markdown and in CSV: it stays text there, and none of it is unseen.
//
// By Unicode scalars throughout: a bar or a quotation mark with an accent on it is a Character of its own, and would be
// missed.

import Corpora

/// Markdown around text of others.
public enum MarkdownText {
    /// A line in which `code` stays code, and nothing else is markup.
    public static func line(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // Where the marks do not pair up, the last one is a character like any other.
        let pairs = parts.count / 2 * 2 + 1 == parts.count ? parts.count : parts.count - 1
        return parts.enumerated().map { index, part in
            let isCode = index % 2 == 1 && index < pairs
            return (index == 0 ? "" : index < pairs ? "`" : "\\`")
                + (isCode ? part : PlainText.markdown(part, isLine: index == 0))
        }.joined()
    }
}

enum PlainText {
    /// One line of Markdown: whatever could begin a tag, an entity, a link, code or emphasis, or end a cell, is
    /// escaped.
    ///
    /// What begins a tag or an entity becomes an entity itself: a backslash before it is no escape behind a bare
    /// address, where addresses become links.
    /// - Parameter isLine: a line begins with it, so that a star, a dash or a number there would make a list, and a
    ///   mark a quotation.
    static func markdown(_ text: String, isLine: Bool = false) -> String {
        let scalars = Array(visible(text).unicodeScalars)
        let number = isLine ? scalars.prefix { ("0"..."9").contains($0) }.count : 0
        return scalars.enumerated().reduce(into: "") { result, entry in
            let (place, scalar) = entry, next = place + 1 < scalars.count ? scalars[place + 1] : " "
            switch scalar {
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case "|", "`", "[", "\\", "$": result += "\\" + String(scalar)
            case ">" where isLine && place == 0: result += "&gt;"
            case _ where isLine && place == 0 && "*-+#=".unicodeScalars.contains(scalar):
                result += "\\" + String(scalar)
            case "." where isAfterWWW(scalars, at: place): result += "`.`"
            case ".", ")": result += (number > 0 && place == number && next == " " ? "\\" : "") + String(scalar)
            // A forge makes links to people, mail and reports of bugs even of escaped text, but not of code.
            case "@", "#": result += isReference(scalars, at: place) ? "`\(scalar)`" : String(scalar)
            // A bare address would become a link.
            case ":": result += next == "/" ? "&#58;" : ":"
            // A star after a figure is none that could begin anything.
            case "*", "_", "~": result += (next == " " ? "" : "\\") + String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Ends of lines and tabs are spaces in a row; whatever else cannot be seen is named.
    private static func visible(_ text: String) -> String {
        let spaces: Set<Unicode.Scalar> = ["\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
        let row = text.unicodeScalars.map { spaces.contains($0) ? " " : $0 }
        return TerminalText.harmless(String(String.UnicodeScalarView(row)))
    }

    /// "@name" and "a@b.org"; "#12".
    private static func isReference(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        guard place + 1 < scalars.count else { return false }
        let next = scalars[place + 1]
        return scalars[place] == "#"
            ? ("0"..."9").contains(next) : next.properties.isAlphabetic || next.properties.numericType != nil
    }

    private static func isAfterWWW(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        place >= 3 && place + 1 < scalars.count && scalars[(place - 3)..<place].allSatisfy { $0 == "w" || $0 == "W" }
    }

    /// A field of RFC 4180. Programs for spreadsheets compute a field that begins like a formula (OWASP, "CSV
    /// injection"): such a text, unless it is a number, gets an apostrophe before it.
    static func csv(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isFormula =
            scalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } == true
            && text.wholeMatch(of: /[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?/) == nil
        let plain = TerminalText.harmless(isFormula ? "'" + text : text, keepingLines: true)
        guard plain.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return plain }
        return plain.unicodeScalars.reduce(into: "\"") { result, scalar in
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        } + "\""
    }
}
