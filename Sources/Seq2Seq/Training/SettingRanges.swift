// Between which values the settings of a model and of a training may lie: asked of a flag, of an experiment file and of
// a checkpoint.

/// Numbers of the model.
extension ModelSettings {
    public enum Ranges {
        /// E, H and A.
        public static let width = 1...8192
        public static let maximumSource = 1...100_000
        public static let minimumCount = 1...1_000_000_000
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    public var fault: String? {
        SettingFault.first([
            ("embedding", embedding, Ranges.width), ("hidden", hidden, Ranges.width),
            ("attention", attention, Ranges.width),
            ("maximumSource", maximumSource, Ranges.maximumSource), ("minimumCount", minimumCount, Ranges.minimumCount),
        ])
    }
}

/// Numbers of the training.
extension TrainingSettings {
    public enum Ranges {
        /// Steps, and what is counted in steps or in looks.
        public static let steps = 1...1_000_000_000
        public static let batchSize = 1...100_000
        public static let shards = 1...1024
        /// The learning rate and the clipping norm.
        public static let rate = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
        public static let finalLearningRate = 0.0...1.0
        public static let beta2 = 0.0...0.999_999_999
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    public var fault: String? {
        SettingFault.first([
            ("steps", steps, Ranges.steps), ("batchSize", batchSize, Ranges.batchSize),
            ("shards", shards ?? 1, Ranges.shards),
            ("evaluationInterval", evaluationInterval, Ranges.steps), ("patience", patience, Ranges.steps),
        ])
            ?? SettingFault.first([
                ("learningRate", learningRate, Ranges.rate), ("clip", clip, Ranges.rate),
                ("finalLearningRate", finalLearningRate, Ranges.finalLearningRate), ("beta2", beta2, Ranges.beta2),
            ])
    }
}

private enum SettingFault {
    static func first<Number>(_ settings: [(name: String, value: Number, range: ClosedRange<Number>)]) -> String? {
        settings.first { !$0.range.contains($0.value) }.map { "its \($0.name) is \($0.value)" }
    }
}
