// What a setting may be: a range or choices, said in the same words by help and by the refusals of flags and files.

/// The values that a setting may have.
public enum SettingForm: Sendable, Equatable {
    case whole(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case choice([String])
    /// The shortest and the longest, each in this range.
    case lengths(ClosedRange<Int>)
    /// A number in this range for each of some names.
    case rates(ClosedRange<Double>)
    /// A number for each of some of these names, all of them in one value.
    case weights([String], none: [String])

    /// What stands for the value in help.
    public var placeholder: String {
        switch self {
        case .whole: "N"
        case .number: "X"
        case .choice: "NAME"
        case .lengths: "A-B"
        case .rates: "NAME=X"
        case .weights: "NAME=X,…"
        }
    }

    /// Whether a flag of it may be given several times.
    public var repeats: Bool { if case .rates = self { true } else { false } }

    /// "1 to 8192", "gru or lstm".
    public var range: String {
        switch self {
        case .whole(let range), .lengths(let range): Self.text(range)
        case .number(let range), .rates(let range): Self.text(range)
        case .choice(let names), .weights(let names, _): Self.list(names)
        }
    }

    /// A range without an end that anybody would reach has none to tell.
    private static func text(_ range: ClosedRange<Int>, whole: Bool = false) -> String {
        range.upperBound >= 1_000_000_000 && !whole
            ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func text(_ range: ClosedRange<Double>) -> String {
        // "Above 0" is a closed range that begins with the smallest number there is.
        let isAbove = range.lowerBound == .leastNonzeroMagnitude
        let lower = SettingText.plain(range.lowerBound)
        let upper = SettingText.plain(range.upperBound)
        if range.upperBound == .greatestFiniteMagnitude { return isAbove ? "above 0" : "\(lower) or more" }
        return isAbove ? "above 0 and at most \(upper)" : "\(lower) to \(upper)"
    }

    private static func list(_ names: [String]) -> String {
        names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }

    /// Where a value was written, which decides how one is written.
    public enum Place: Sendable { case flag, file }

    /// - Parameters:
    ///   - name: of the setting at this place, "--hidden" or "model.hidden".
    ///   - given: what stands there, as the sentence shows it.
    ///   - word: what stands there, if it is a word.
    ///   - standard: what the setting is without it.
    /// - Returns: what was given, what was expected and what to do.
    public func refusal(of name: String, given: String, word: String?, standard: String, _ place: Place) -> String {
        var begin = "\(name) is \(given)"
        if case .weights(let names, let none) = self {
            begin += NamedWeights.remark(on: word, among: names, none: none)
        } else if case .choice(let names) = self, let near = word.flatMap({ Suggestion.nearest(to: $0, among: names) })
        {
            begin += ". Did you mean “\(near)”? It"
        } else {
            begin += "; it"
        }
        return "\(begin) must be \(expected(name, word, place)); leave it out for \(written(standard, place))"
    }

    private func expected(_ name: String, _ word: String?, _ place: Place) -> String {
        switch self {
        // Who gives more than anybody needs is told the end that others need not know.
        case .whole(let range): "a whole number, " + Self.text(range, whole: Self.isAbove(word, range))
        case .number: "a number, \(range)"
        case .choice: range
        case .lengths: "the shortest and the longest length, \(range), such as \(written("5-20", place))"
        case .rates: "the name of a phenomenon, an equals sign and a number, \(range), such as \(name) negation=0.5"
        case .weights(let names, _):
            "names with their weights, such as \(Self.example(names, place)), where a name is \(range)"
        }
    }

    /// One or two weights, as this place writes them.
    private static func example(_ names: [String], _ place: Place) -> String {
        zip(names, ["1", "0.5"]).map { place == .flag ? "\($0)=\($1)" : "\"\($0)\": \($1)" }
            .joined(separator: place == .flag ? "," : ", ")
    }

    private static func isAbove(_ word: String?, _ range: ClosedRange<Int>) -> Bool {
        guard let word, !word.isEmpty, word.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            return false
        }
        return Int(word).map { $0 > range.upperBound } ?? true
    }

    /// A value that a flag can have, as this place writes it.
    private func written(_ value: String, _ place: Place) -> String {
        switch (self, place) {
        case (.choice(let names), .file) where names.contains(value): "\"\(value)\""
        case (.lengths, .file):
            value.contains("-") ? "[" + value.split(separator: "-").joined(separator: ", ") + "]" : value
        default: value
        }
    }
}

/// How values and words of settings are written.
enum SettingText {
    /// 1 and not 1.0.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }

    /// "learningRate" → "learning-rate".
    static func hyphened(_ key: String) -> String {
        key.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
}
