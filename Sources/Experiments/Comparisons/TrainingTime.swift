// A figure of speed that tasks with targets of a word or two have in the place of words a second.

extension Metric {
    /// For tasks whose targets are too short for a count of words to say anything.
    public static let trainingSeconds = Metric(
        "training_seconds", title: "train s", note: "seconds in training steps, looks at dev left out",
        unit: Unit("s", nil), digits: 1, direction: .lower, place: .speed
    ) { $0.speed.trainingSeconds }
}
