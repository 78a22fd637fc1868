// The sanity task that needs no attention: a summary of which symbols there are is enough.

import Randomness

public struct SortTask: ToyTask {
    public let name = "sort"
    public let summary =
        "The target is the source in alphabetical order: attention must find the next symbol by what it is."
    public let defaults = Symbols.defaults

    public init() {}

    /// Equal symbols keep their order for the sure links; since nothing tells them apart, each is a possible source of
    /// the other.
    public func generator(_ options: ToyOptions) -> PairGenerator {
        { sourceLength, random in
            let numbers = Symbols.draw(sourceLength, of: options.symbols, &random)
            let names = numbers.map(Symbols.name)
            let order = numbers.indices.sorted { (names[$0], $0) < (names[$1], $1) }
            var pair = Symbols.pair(numbers, order: order, phenomenon: "sort")
            let possible = order.enumerated().flatMap { target, source in
                names.indices.filter { names[$0] == names[source] }.map { Link($0, target) }
            }
            pair.gold = GoldAlignment(sure: pair.gold?.sure ?? [], possible: Set(possible))
            return pair
        }
    }
}
