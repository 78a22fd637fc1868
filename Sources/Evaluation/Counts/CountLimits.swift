// What a count can be: nothing is below 0, and no part above its whole.

/// What a field that is a number can be a part of.
public protocol CountNumber: Sendable {
    var amount: CountAmount { get }
}

/// The value of a field, whatever its type.
public enum CountAmount: Sendable {
    case whole(Int), sum(Double), list([Int])
}

extension Int: CountNumber { public var amount: CountAmount { .whole(self) } }
extension Double: CountNumber { public var amount: CountAmount { .sum(self) } }
extension [Int]: CountNumber { public var amount: CountAmount { .list(self) } }

extension CountAmount {
    var isBelowZero: Bool {
        switch self {
        case .whole(let number): number < 0
        case .sum(let sum): sum < 0
        case .list(let numbers): numbers.contains { $0 < 0 }
        }
    }

    func isPart(of whole: CountAmount) -> Bool {
        switch (self, whole) {
        case (.whole(let part), .whole(let whole)): part <= whole
        case (.list(let parts), .whole(let whole)): parts.allSatisfy { $0 <= whole }
        case (.list(let parts), .list(let wholes)):
            parts.count == wholes.count && zip(parts, wholes).allSatisfy { $0 <= $1 }
        case (.sum(let part), .whole(let whole)): Self.isPart(part, of: Double(whole))
        case (.sum(let part), .sum(let whole)): Self.isPart(part, of: whole)
        // No field has such a whole.
        case (.whole, .sum), (.whole, .list), (.list, .sum), (.sum, .list): false
        }
    }

    /// Sums of weights round: a millionth more than the whole is none more.
    private static func isPart(_ part: Double, of whole: Double) -> Bool { part <= whole * (1 + 1e-6) + 1e-9 }

    var text: String {
        switch self {
        case .whole(let number): "\(number)"
        case .sum(let sum): "\(sum)"
        case .list(let numbers): numbers.map { "\($0)" }.joined(separator: ", ")
        }
    }
}

extension CountField where Root: Counts {
    /// What no measurement gives in this field, as a sentence says it; nil where it can be.
    func fault(_ counts: Root) -> String? {
        guard let numbers else { return nil }
        let value = numbers.amount(counts)
        if let count = numbers.count, case .list(let list) = value, list.count != count {
            return "“\(key)” has \(count) numbers, but there are \(list.count)"
        }
        if !numbers.isSigned, value.isBelowZero { return "“\(key)” is \(value.text), and nothing is counted below 0" }
        for whole in numbers.wholes {
            let amount = whole.amount(counts)
            if value.isPart(of: amount) { continue }
            let name = Root.fields.first { $0.path == whole.path }?.key ?? "its whole"
            return "“\(key)” is \(value.text), more than “\(name)”, of which it is a part, with \(amount.text)"
        }
        return nil
    }
}
