// The sanity task whose diagonal runs the other way: the position to look at depends on the source length.

import Randomness

public struct ReverseTask: ToyTask {
    public let name = "reverse"
    public let summary = "The target is the source backwards: attention must walk the other diagonal."
    public let defaults = Symbols.defaults
    public var reads: [PartialKeyPath<ToyOptions>] { [\.symbols] }

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        { sourceLength, random in
            let numbers = Symbols.draw(sourceLength, of: options.symbols, &random)
            return Symbols.pair(numbers, order: numbers.indices.reversed(), phenomenon: "reverse")
        }
    }
}
