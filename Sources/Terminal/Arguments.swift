// The words of a command, sorted into options and operands, and read as numbers, lists and choices.

import AttentionLab

package struct Arguments {
    private var values: [String: [String]] = [:]
    /// How an option was called, where that is not its name of today.
    private var written: [String: String] = [:]
    package private(set) var operands: [String] = []
    /// As they were given.
    package let words: [String]
    private let subcommand: String

    /// Takes `--steps 100`, `--steps=100` and, after `--`, nothing but operands.
    package init(_ words: [String], _ options: [Option], allowsOperands: Bool, of subcommand: String) throws {
        (self.subcommand, self.words) = (subcommand, words)
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let word = parts[0] == "-h" ? "--help" : parts[0] == "-q" ? "--quiet" : parts[0]
            guard let option = options.first(where: { $0.isCalled(word) }) else {
                let known = Suggestion.orList(for: word, among: options.map(\.name))
                throw UsageError(
                    "`attention \(subcommand)` has no option \(word). \(known) Try `attention \(subcommand) --help`")
            }
            let name = option.name
            let earlier = written[name] ?? name
            guard option.repeats || values[name] == nil else {
                throw UsageError(
                    earlier == word
                        ? "\(name) was given twice; give it once"
                        : "\(earlier) and \(word) are one option; give one of them, once")
            }
            if word != name { written[name] = word }
            guard let placeholder = option.value else {
                guard parts.count == 1 else {
                    throw UsageError("\(name) takes no value, but “\(parts[1])” was given; leave it out")
                }
                values[name] = [""]
                continue
            }
            let next = parts.count > 1 ? parts[1] : rest.first.flatMap { Self.isOption($0, options) ? nil : $0 }
            guard let value = next, !value.isEmpty else {
                throw UsageError("\(name) needs a value: \(name) \(placeholder). \(option.help)")
            }
            if parts.count == 1 { rest.removeFirst() }
            values[name, default: []].append(value)
        }
        if !allowsOperands, let first = operands.first {
            throw UsageError(
                "`attention \(subcommand)` does not know what to do with “\(first)”; options begin with --. Try `attention "
                    + "\(subcommand) --help`")
        }
    }

    /// A forgotten value must not swallow the next option; a negative number is a value.
    private static func isOption(_ word: String, _ options: [Option]) -> Bool {
        word.hasPrefix("--") && (word == "--" || options.contains { $0.isCalled(word.split(separator: "=")[0]) })
    }

    // MARK: values

    package func has(_ name: String) -> Bool { values[name] != nil }

    package func text(_ name: String) -> String? { values[name]?.last }

    package func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// The name by which an option was given, which may be one of earlier versions.
    package func given(_ name: String) -> String { written[name] ?? name }

    package func required(_ name: String, _ what: String) throws -> String {
        guard let value = text(name) else {
            throw UsageError("`attention \(subcommand)` needs \(name) \(what). Try `attention \(subcommand) --help`")
        }
        return value
    }

    package func integer(_ name: String, _ range: ClosedRange<Int> = 1...1_000_000_000) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            let isAbove =
                text.first?.isNumber == true && text.allSatisfy(\.isNumber)
                && Int(text).map { $0 > range.upperBound } != false
            let upper =
                range.upperBound >= 1_000_000_000 && !isAbove
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            throw UsageError("\(name) is “\(text)”; it must be a whole number, \(upper)")
        }
        return value
    }

    package func number(_ name: String, above lower: Double, orEqual: Bool = false) throws -> Double? {
        guard let text = text(name) else { return nil }
        guard let value = Double(text), value.isFinite, orEqual ? value >= lower : value > lower else {
            throw UsageError(
                "\(name) is “\(text)”; it must be a number \(orEqual ? "of at least" : "above") \(Self.short(lower))")
        }
        return value
    }

    private static func short(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        guard let text = text(name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        throw UsageError(
            "\(name) is “\(text)”. \(Suggestion.orList(for: text, among: Choice.allCases.map(\.rawValue)))")
    }

    /// Names between commas, each of them known.
    /// - Parameter earlier: the names of today, by those of earlier versions.
    /// - Returns: nil where the option was not given.
    package func names(
        _ name: String, of kind: String, among known: [String],
        earlier: [String: String] = [:]
    ) throws -> [String]? {
        guard let text = text(name) else { return nil }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
            earlier[$0.trimmed]
                ?? $0.trimmed
        }
        for (index, given) in names.enumerated() {
            guard known.contains(given) else {
                throw UsageError("there is no \(kind) “\(given)”. \(Suggestion.orList(for: given, among: known))")
            }
            guard !names[..<index].contains(given) else {
                throw UsageError("\(name) names \(given) twice; name it once")
            }
        }
        return names
    }
}

extension Substring {
    /// Without the spaces around it.
    fileprivate var trimmed: String {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
