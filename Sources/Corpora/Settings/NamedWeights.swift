// Numbers by name, as an option has them: "coverage=1,supervised=0.5".

/// Reads and writes them, and says what is wrong with them.
public enum NamedWeights {
    /// What a weight may be: a results file can hold it, and nobody needs more.
    public static let range: ClosedRange<Double> = -1_000_000...1_000_000

    /// Why a text is none.
    enum Fault: Error, Equatable {
        case unknown(String)
        case noNumber(String, String)
        case noWeight(String)
        case twice(String)
    }

    /// - Parameter none: words that mean no names at all.
    static func read(_ text: String, among names: [String], none: [String]) throws(Fault) -> [String: Double] {
        if none.contains(text) { return [:] }
        var weights: [String: Double] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard names.contains(words[0]) else { throw .unknown(words[0]) }
            guard words.count == 2 else { throw .noWeight(words[0]) }
            guard let weight = Double(words[1]), range.contains(weight) else { throw .noNumber(words[0], words[1]) }
            guard weights.updateValue(weight, forKey: words[0]) == nil else { throw .twice(words[0]) }
        }
        return weights
    }

    /// In the order of the names; the first of `none` without any.
    public static func text(_ weights: [String: Double], none: String) -> String {
        weights.isEmpty
            ? none
            : weights.sorted { $0.key < $1.key }.map { "\($0.key)=\(SettingText.plain($0.value))" }.joined(
                separator: ",")
    }

    /// What a refusal says between what was given and what was expected.
    static func remark(on text: String?, among names: [String], none: [String]) -> String {
        guard let text else { return "; it" }
        do { _ = try read(text, among: names, none: none) } catch {
            switch error {
            case .unknown(let name):
                guard let near = Suggestion.nearest(to: name, among: names) else { return "; it" }
                return ". Did you mean “\(near)”? It"
            case .noNumber(let name, let word): return ". The weight of \(name) is “\(word)”, which is no number; it"
            case .noWeight(let name): return ". \(name) has no weight, such as \(name)=1; it"
            case .twice(let name): return ". \(name) stands there twice; it"
            }
        }
        return "; it"
    }
}
