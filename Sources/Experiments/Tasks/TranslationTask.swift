// The toy languages as tasks: translation, measured by its words and by its links.

public import Corpora

/// A task whose target is made of the words of the source: every figure of the toolkit applies to it. The toy languages
/// of Corpora know nothing of figures, and are wrapped in this.
public struct TranslationTask: DrawnTask {
    public let language: any ToyTask

    public init(_ language: any ToyTask) { self.language = language }

    public var metrics: [Metric] { Metric.all }
}
