// Text as LaTeX that any engine sets, pdfLaTeX with its default fonts among them: every character that means something
// is escaped, and every one beyond ASCII becomes a command.

import Corpora
import Foundation

public enum LaTeXText {
    public static func escaped(_ text: String) -> String {
        var result = ""
        // Decomposed, so that a letter with an accent is a letter and an accent, whatever way it was written.
        for character in text {
            let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
            guard let first = scalars.first else { continue }
            var inner = piece(first)
            for mark in scalars.dropFirst() {
                if let accent = accents[mark] { inner = "\(accent){\(inner)}" } else { inner += piece(mark) }
            }
            result += inner
        }
        return separated(result)
    }

    /// A comment is one line, whatever stands in it.
    public static func comment(_ text: String) -> String {
        "% " + TerminalText.harmless(text.map { $0.isNewline ? " " : String($0) }.joined())
    }

    /// For \label: letters, digits and hyphens.
    public static func label(_ text: String) -> String {
        let kept = text.lowercased().unicodeScalars.map {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-"
        }
        return kept.split(separator: "-").map { String($0) }.joined(separator: "-")
    }

    /// Ligatures that the text does not mean: "--" would be set as one dash, "?`" as "¿".
    private static func separated(_ text: String) -> String {
        var result = "", last: Character?
        for character in text {
            if let before = last,
                before == character && "-'`,".contains(before) || "?!".contains(before) && character == "`"
            {
                result += "{}"
            }
            result.append(character)
            last = character
        }
        return result.replacing(enDash, with: "--").replacing(emDash, with: "---")
    }

    // Private use until the ligatures are separated.
    private static let enDash = "\u{F8FE}", emDash = "\u{F8FD}"

    private static func piece(_ scalar: Unicode.Scalar) -> String {
        if let command = commands[scalar] { return command }
        switch scalar.value {
        case 0x20...0x7E: return String(scalar)
        case 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x202F: return " "
        case 0x00...0x1F, 0x7F...0x9F: return "{}"
        // No command of plain LaTeX has it, and pdfLaTeX would stop at it.
        default: return "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
        }
    }

    private static let commands: [Unicode.Scalar: String] = {
        var all: [Unicode.Scalar: String] = [
            "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
            "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
            "\\": "\\textbackslash{}", "<": "\\ensuremath{<}", ">": "\\ensuremath{>}", "|": "\\ensuremath{|}",
            "\"": "\\char34{}",
            "–": enDash, "—": emDash, "…": "\\ldots{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
            "‘": "\\textquoteleft{}", "’": "\\textquoteright{}",
            "ß": "\\ss{}", "æ": "\\ae{}", "Æ": "\\AE{}", "œ": "\\oe{}", "Œ": "\\OE{}", "ø": "\\o{}", "Ø": "\\O{}",
            "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}",
            "§": "\\S{}", "†": "\\dag{}", "©": "\\copyright{}", "¿": "\\textquestiondown{}", "¡": "\\textexclamdown{}",
        ]
        let mathematics: [Unicode.Scalar: String] = [
            "±": "\\pm", "×": "\\times", "−": "-", "µ": "\\mu", "·": "\\cdot", "√": "\\surd", "∞": "\\infty",
            "≤": "\\leq", "≥": "\\geq", "≠": "\\neq", "≈": "\\approx",
            "→": "\\rightarrow", "←": "\\leftarrow", "∈": "\\in", "∑": "\\sum", "′": "'", "°": "^\\circ", "«": "\\ll",
            "»": "\\gg", "Δ": "\\Delta", "Σ": "\\Sigma",
            "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "λ": "\\lambda",
            "μ": "\\mu", "ν": "\\nu", "π": "\\pi",
            "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "χ": "\\chi", "ω": "\\omega", "²": "^2", "³": "^3",
            "¹": "^1", "½": "\\frac{1}{2}",
        ]
        for (scalar, command) in mathematics { all[scalar] = "\\ensuremath{\(command)}" }
        for (digit, scalar) in "₀₁₂₃₄₅₆₇₈₉".unicodeScalars.enumerated() { all[scalar] = "\\ensuremath{_\(digit)}" }
        return all
    }()

    private static let accents: [Unicode.Scalar: String] = [
        "\u{300}": "\\`", "\u{301}": "\\'", "\u{302}": "\\^", "\u{303}": "\\~", "\u{304}": "\\=", "\u{306}": "\\u",
        "\u{307}": "\\.", "\u{308}": "\\\"",
        "\u{30A}": "\\r", "\u{30B}": "\\H", "\u{30C}": "\\v", "\u{323}": "\\d", "\u{327}": "\\c", "\u{331}": "\\b",
    ]
}
