// A small text with known links: sentences of made-up words, and their translations word by word, some neighbours
// swapped. Enough of it for aligners to find every link.

public import AttentionLab

public enum SwappedText {
    /// "s3 s0 s7" is "T0 T3 T7".
    public static func pairs(_ count: Int = 120) -> [SentencePair] {
        var random = RandomSource(seed: 1, purpose: "swapped text")
        return (0..<count).map { number in
            var all = Array(0..<12)
            random.shuffle(&all)
            let words = all.prefix(3 + number % 4)
            var order = Array(words.indices), place = 0
            while place + 1 < order.count {
                if random.below(2) == 0 {
                    order.swapAt(place, place + 1)
                    place += 1
                }
                place += 1
            }
            return SentencePair(
                source: words.map { "s\($0)" }, target: order.map { "T\(words[$0])" },
                gold: GoldAlignment(sure: Set(order.enumerated().map { Link($1, $0) })))
        }
    }
}
