// The few shapes that the pictures of this project are made of.

import Corpora
import Foundation

struct SVG {
    let width: Double, height: Double
    private var elements: [String] = []

    init(width: Double, height: Double) {
        (self.width, self.height) = (width, height)
    }

    var document: String {
        let size =
            "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
            <rect width="100%" height="100%" fill="white"/>
            \(elements.joined(separator: "\n"))
            </svg>

            """
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String, strokeWidth: Double = 1,
        tip: String? = nil
    ) {
        let shape =
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
            + " fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(strokeWidth))\""
        elements.append(shape + (tip.map { "><title>\(Self.escaped($0))</title></rect>" } ?? "/>"))
    }

    mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 14, anchor: String = "start", slant: Double = 0,
        isBold: Bool = false,
        style: String = ""
    ) {
        let turn = slant == 0 ? "" : " transform=\"rotate(\(Self.number(slant)) \(Self.number(x)) \(Self.number(y)))\""
        let weight =
            (isBold ? " font-weight=\"bold\"" : "")
            + (style.isEmpty ? "" : " class=\"\(style)\"" + (style == "on-dark" ? " fill=\"white\"" : ""))
        elements.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" text-anchor=\"\(anchor)\"\(weight)\(turn)>\(Self.escaped(text))</text>"
        )
    }

    mutating func line(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), stroke: String, strokeWidth: Double = 1,
        dash: String = ""
    ) {
        line(through: [start, end], stroke: stroke, strokeWidth: strokeWidth, dash: dash)
    }

    /// - Parameter dash: lengths of dashes and gaps; empty for a whole line.
    mutating func line(through points: [(x: Double, y: Double)], stroke: String, strokeWidth: Double, dash: String = "")
    {
        let places = points.map { Self.number($0.x) + "," + Self.number($0.y) }.joined(separator: " ")
        let dashes = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
        elements.append(
            "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(strokeWidth))\"\(dashes)/>"
        )
    }

    /// A point of a curve, with a white edge that sets it off from the curves under it.
    mutating func marker(
        _ marker: CurveStyle.Marker, at centre: (x: Double, y: Double), colour: String, tip: String? = nil,
        scale: Double = 1,
        opacity: Double = 1
    ) {
        let size = scale == 1 ? "" : " scale(\(Self.number(scale, 2)))",
            veil = opacity == 1 ? "" : " opacity=\"\(Self.number(opacity, 2))\""
        let place = "transform=\"translate(\(Self.number(centre.x)) \(Self.number(centre.y)))\(size)\""
        let shape =
            "<path d=\"\(marker.outline)\" \(place) fill=\"\(colour)\" stroke=\"white\" stroke-width=\"1\"\(veil)"
        elements.append(shape + (tip.map { "><title>\(Self.escaped($0))</title></path>" } ?? "/>"))
    }

    /// A cell as dark as its value, 0 to 1. The darkness is an opacity, so that a page in the dark can give another
    /// ink.
    mutating func shade(_ value: Double, x: Double, y: Double, width: Double, height: Double, tip: String) {
        elements.append(
            "<rect class=\"shade\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
                + " fill=\"#08306b\" fill-opacity=\"\(Self.number(value, 3))\" stroke=\"#e3e6ea\" stroke-width=\"1\"><title>\(Self.escaped(tip))</title></rect>"
        )
    }

    /// What follows, until `end`, belongs to the system with this number.
    /// - Parameter isName: its entry in the legend.
    mutating func begin(series: Int, isName: Bool = false) {
        elements.append("<g class=\"series\(isName ? " name" : "")\" data-series=\"\(series)\">")
    }
    mutating func end() { elements.append("</g>") }

    /// About how wide a word is at 14 pixels; no font is at hand to measure it.
    static func width(_ text: String) -> Double { Double(TextWidth.of(visible(text))) * 8.2 }

    /// About how wide a running text is; bold letters are a tenth wider.
    static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
        width(text) * size / 14 * (isBold ? 1.0 : 0.9)
    }

    static func number(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }

    /// Control characters are not allowed in XML at all, however they are written.
    ///
    /// By Unicode scalars: a quotation mark with an accent on it is a Character of its own, but to a browser still a
    /// quotation mark.
    static func escaped(_ text: String) -> String {
        visible(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Characters that cannot be seen are named: they turn the direction of a line, or make two names look the same.
    private static func visible(_ text: String) -> String {
        let plain = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isControl = scalar.value < 32 || scalar.value == 127 || (scalar.value & 0xFFFE) == 0xFFFE
            return isControl ? "\u{FFFD}" : scalar
        }
        return TerminalText.harmless(String(String.UnicodeScalarView(plain)))
    }
}

extension CurveStyle.Marker {
    /// About 10 pixels wide, around 0, 0.
    var outline: String {
        switch self {
        case .circle: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z"
        case .square: "M-4.5 -4.5h9v9h-9Z"
        case .triangle: "M0 -6L5.5 4.5H-5.5Z"
        case .diamond: "M0 -6.5L5.5 0L0 6.5L-5.5 0Z"
        case .invertedTriangle: "M0 6L5.5 -4.5H-5.5Z"
        case .cross: "M-5.5 -3L-3 -5.5L0 -2.5L3 -5.5L5.5 -3L2.5 0L5.5 3L3 5.5L0 2.5L-3 5.5L-5.5 3L-2.5 0Z"
        }
    }
}
