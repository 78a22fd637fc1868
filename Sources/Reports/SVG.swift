// The few shapes that the pictures of this project are made of.

import Foundation

struct SVG {
    let width: Double, height: Double
    private var elements: [String] = []

    init(width: Double, height: Double) {
        (self.width, self.height) = (width, height)
    }

    var document: String {
        let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
            <rect width="100%" height="100%" fill="white"/>
            \(elements.joined(separator: "\n"))
            </svg>

            """
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String, strokeWidth: Double = 1, tip: String? = nil) {
        let shape = "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
            + " fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(strokeWidth))\""
        elements.append(shape + (tip.map { "><title>\(Self.escaped($0))</title></rect>" } ?? "/>"))
    }

    mutating func text(_ text: String, x: Double, y: Double, size: Double = 14, anchor: String = "start", slant: Double = 0, isBold: Bool = false) {
        let turn = slant == 0 ? "" : " transform=\"rotate(\(Self.number(slant)) \(Self.number(x)) \(Self.number(y)))\""
        let weight = isBold ? " font-weight=\"bold\"" : ""
        elements.append("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" text-anchor=\"\(anchor)\"\(weight)\(turn)>\(Self.escaped(text))</text>")
    }

    /// About how wide a word is at 14 pixels; no font is at hand to measure it.
    static func width(_ text: String) -> Double { Double(TextWidth.of(text)) * 8.2 }

    static func number(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }

    /// Control characters are not allowed in XML at all, however they are written.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default:
                let isControl = character.unicodeScalars.contains { $0.value < 32 || $0.value == 127 || ($0.value & 0xFFFE) == 0xFFFE }
                result += isControl ? "\u{FFFD}" : String(character)
            }
        }
    }
}
