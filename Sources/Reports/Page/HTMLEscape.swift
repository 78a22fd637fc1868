// Text that stays text: in HTML, and in JSON that stands inside a script element.

import Foundation

/// Every word of a user reaches a page through one of these two.
public enum HTMLEscape {
    /// For the content of an element and for an attribute between double quotes. The same as SVG needs: both know these
    /// five names or numbers, and neither allows control characters.
    /// - Parameter keepingLines: for preformatted text.
    public static func text(_ text: String, keepingLines: Bool = false) -> String {
        guard keepingLines else { return SVG.escaped(text).replacing("'", with: "&#39;") }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { self.text(String($0)) }.joined(
            separator: "\n")
    }

    /// For `<script type="application/json">`: no `<` is left that could end the element (`</script>`) or begin a
    /// comment (`<!--`), no `&` for a reader that takes the page for XML, and no line separator for one that takes JSON
    /// for a script.
    ///
    /// The characters can stand only inside the strings of JSON, where `\u` and four digits mean the same.
    public static func script(json: Data) -> String {
        String(decoding: json, as: UTF8.self).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
