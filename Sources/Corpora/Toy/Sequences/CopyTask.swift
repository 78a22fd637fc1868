// The sanity task that position alone can solve.

import Randomness

public struct CopyTask: ToyTask {
    public let name = "copy"
    public let summary = "The target is the source: attention must walk the diagonal."
    public let defaults = Symbols.defaults
    public var reads: [PartialKeyPath<ToyOptions>] { [\.symbols] }

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        { sourceLength, random in
            let numbers = Symbols.draw(sourceLength, of: options.symbols, &random)
            return Symbols.pair(numbers, order: Array(numbers.indices), phenomenon: "copy")
        }
    }
}
