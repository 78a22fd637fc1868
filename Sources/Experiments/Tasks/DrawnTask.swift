// A task whose pairs a toy language draws: what it takes from the language.

public import Corpora

/// Figures around a toy language, which knows nothing of them.
public protocol DrawnTask: MeasuredTask {
    /// What draws the pairs.
    var language: any ToyTask { get }
}

extension DrawnTask {
    public var name: String { language.name }
    public var summary: String { language.summary }
    public var defaults: ToyOptions { language.defaults }
    public var settings: [Setting<ToyOptions>] { language.settings }

    public func dataset(seed: UInt64, options: ToyOptions?) throws -> Dataset {
        try language.dataset(seed: seed, options: options)
    }
}
