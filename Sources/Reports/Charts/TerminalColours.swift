// How many colours a terminal knows, and the shades of attention weights in each of them.

public enum TerminalColours: Sendable {
    /// Characters of growing darkness.
    case none
    /// The 256-colour palette.
    case palette
    /// 24 bits.
    case full

    /// What the environment says of a terminal that may have colour: COLORTERM is "truecolor" or "24bit" where there
    /// are 24 bits.
    public init(colorterm: String?) {
        self = ["truecolor", "24bit"].contains(colorterm?.lowercased() ?? "") ? .full : .palette
    }

    /// A cell of two columns in a shade of blue, from white for 0 to dark blue for 1: the lightness falls evenly, so
    /// that the order is seen without colour vision too. A dot where it is marked.
    func cell(_ weight: Double, isMarked: Bool) -> String {
        switch self {
        case .none:
            let shades: [Character] = [" ", "░", "▒", "▓", "█"]
            let shade = shades[min(Int(weight * Double(shades.count)), shades.count - 1)]
            return isMarked ? "\(shade)•" : "\(shade)\(shade)"
        case .palette:
            let blues = [255, 153, 111, 69, 27, 18]
            let level = min(Int((weight * Double(blues.count - 1)).rounded()), blues.count - 1)
            return "\u{1B}[48;5;\(blues[level]);38;5;\(level > 2 ? 231 : 16)m\(isMarked ? " •" : "  ")\u{1B}[0m"
        case .full:
            let (red, green, blue) = WeightColour.parts(weight), ink = weight > 0.45 ? "255;255;255" : "0;0;0"
            return "\u{1B}[48;2;\(red);\(green);\(blue);38;2;\(ink)m\(isMarked ? " •" : "  ")\u{1B}[0m"
        }
    }
}

/// White to dark blue: one hue, lightness falling evenly. Fit for every kind of colour vision, and for grey print.
enum WeightColour {
    static func parts(_ weight: Double) -> (red: Int, green: Int, blue: Int) {
        func mix(_ from: Double, _ to: Double) -> Int { Int((from + (to - from) * weight).rounded()) }
        return (mix(255, 8), mix(255, 48), mix(255, 107))
    }

    static func svg(_ weight: Double) -> String {
        let (red, green, blue) = parts(weight)
        return "rgb(\(red),\(green),\(blue))"
    }
}
