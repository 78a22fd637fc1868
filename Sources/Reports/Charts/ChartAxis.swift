// Where numbers stand along an axis, and at which of them there are ticks.

import Foundation

/// An axis fitted to the values it must hold.
struct ChartAxis {
    /// Rising; round numbers unless they were given.
    let ticks: [Double]
    private let scale: LineChart.Scale
    /// The ends: of the values, or of their logarithms to base 10.
    private let lower: Double, upper: Double

    /// - Parameter values: finite, and positive on a logarithmic axis.
    init(_ axis: LineChart.Axis, holding values: [Double]) {
        scale = axis.scale
        let given = axis.ticks.filter { $0.isFinite && (axis.scale == .linear || $0 > 0) }
        let all = values + given
        // An axis without values still has two ends.
        let ends = (all.min() ?? 1, all.max() ?? 10)
        let fitted = axis.scale == .linear ? Self.linear(ends.0, ends.1) : Self.logarithmic(ends.0, ends.1)
        if given.isEmpty {
            (ticks, lower, upper) = fitted
        } else {
            let place = Self.place(axis.scale)
            let span = (place(ends.0), place(ends.1))
            (ticks, lower, upper) =
                span.0 < span.1 ? (given.sorted(), span.0, span.1) : (given.sorted(), fitted.lower, fitted.upper)
        }
    }

    /// 0 at the lower end, 1 at the upper one.
    func position(_ value: Double) -> Double {
        // Halved, so that the whole range of numbers has a length; held in, because rounding must not lead out of the
        // plot.
        let length = upper / 2 - lower / 2
        guard length > 0 else { return 0.5 }
        return min(max((Self.place(scale)(value) / 2 - lower / 2) / length, 0), 1)
    }

    private static func place(_ scale: LineChart.Scale) -> (Double) -> Double {
        switch scale {
        case .linear: { $0 }
        case .logarithmic: { log10($0) }
        }
    }

    // MARK: round numbers

    /// Steps of 1, 2 or 5 times a power of ten, four to ten of them.
    private static func linear(_ least: Double, _ greatest: Double) -> (ticks: [Double], lower: Double, upper: Double) {
        var (least, greatest) = (least, greatest)
        // One value says nothing of a range: from zero to it, and where it is zero to one.
        if least == greatest { (least, greatest) = least == 0 ? (0, 1) : (min(0, least), max(0, greatest)) }
        let rough = (greatest / 5 - least / 5), power = pow(10, floor(log10(rough)))
        let step = power * ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10)
        // A mean of hundreds may be a last digit above a hundred: that is no reason for another step.
        let first = floor(least / step + 1e-9), last = ceil(greatest / step - 1e-9)
        // Numbers too large for a step to change them, or too large for another step.
        guard step > 0, (last * step).isFinite, (first * step).isFinite, last - first <= 20, last > first else {
            return ([least, greatest], least, greatest)
        }
        let ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
        return (ticks, first * step, last * step)
    }

    /// Powers of ten; with 2 and 5 times them where they are few.
    private static func logarithmic(
        _ least: Double, _ greatest: Double
    ) -> (ticks: [Double], lower: Double, upper: Double) {
        let from = Int(floor(log10(least) + 1e-9)), to = Int(ceil(log10(greatest) - 1e-9))
        let all = (from...max(from + 1, to)).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
        // From the last that is not above the values to the first that is not below them.
        let first = all.lastIndex { $0 <= least * (1 + 1e-9) } ?? 0
        let last = all.firstIndex { $0 >= greatest * (1 - 1e-9) && $0 > all[first] } ?? all.count - 1
        let within = all[first...max(first, last)].filter { $0 > 0 && $0.isFinite }
        let decades = log10(greatest) - log10(least)
        let every = max(1, Int((decades / 6).rounded(.up)))
        let ticks =
            decades < 2.5
            ? within
            : within.filter { value in
                let exponent = log10(value)
                return abs(exponent - exponent.rounded()) < 1e-6 && (Int(exponent.rounded()) - from) % every == 0
            }
        return (ticks, log10(within.first ?? least), log10(within.last ?? greatest))
    }

    // MARK: labels

    /// 0.001, 250, 4096, 2·10⁶.
    static func label(_ value: Double) -> String {
        let size = abs(value)
        if size == 0 || (1e-4..<1e6).contains(size) {
            return NumberText.text(value, significant: 6).replacing("-", with: "−")
        }
        let parts = String(format: "%.5e", value).replacing("-", with: "−").split(separator: "e")
        guard parts.count == 2 else { return String(format: "%g", value) }
        var mantissa = String(parts[0])
        while mantissa.last == "0" { mantissa.removeLast() }
        if mantissa.last == "." { mantissa.removeLast() }
        let power = "10" + superscript(parts[1])
        return mantissa == "1" ? power : mantissa + "·" + power
    }

    private static func superscript(_ exponent: Substring) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let text = exponent.filter(\.isWholeNumber).drop { $0 == "0" }
        return (exponent.hasPrefix("−") ? "⁻" : "") + String(text.compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
}
