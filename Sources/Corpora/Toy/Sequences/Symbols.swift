// What copy, reverse and sort share: sequences of symbols in which each target symbol comes from one source symbol.

import Randomness

enum Symbols {
    static let defaults = ToyOptions(lengths: 4...12, longLengths: 20...30, symbols: 40)

    /// Numbers in words, so that neither side looks like an index: the nth is a syllable of the first kind and one of
    /// the second.
    static func name(_ number: Int) -> String {
        let starts = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"],
            vowels = ["a", "e", "i", "o", "u"]
        let syllable = starts[number / vowels.count % starts.count] + vowels[number % vowels.count]
        let rest = number / (starts.count * vowels.count)
        return rest == 0 ? syllable : name(rest - 1) + syllable
    }

    /// Symbols may come twice: then only their position tells them apart.
    static func draw(_ length: Int, of count: Int, _ random: inout RandomSource) -> [Int] {
        (0..<length).map { _ in random.below(count) }
    }

    /// - Parameter order: for each target position, the source position it comes from.
    static func pair(_ numbers: [Int], order: [Int], phenomenon: String) -> SentencePair {
        let source = numbers.map(name)
        return SentencePair(
            source: source, target: order.map { source[$0] },
            gold: GoldAlignment(sure: Set(order.enumerated().map { Link($1, $0) })),
            phenomena: order.map { _ in phenomenon }, isContent: order.map { _ in true })
    }
}
