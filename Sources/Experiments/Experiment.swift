// What a comparison compares: tasks × scorers × seeds, and every setting that changes the result.

public import Corpora
public import Seq2Seq

/// The description of one comparison. Two runs of the same description on the same machine give the same quality figures,
/// on any number of threads.
public struct Experiment: Sendable, Codable, Equatable {
    /// Names of toy tasks.
    public var tasks: [String]
    /// Names of scorers.
    public var scorers: [String]
    /// Number of trainings of each scorer on each task, with seeds 1, 2, …
    public var seeds = 5
    /// Draws the data, which are the same for all seeds: the paired tests compare scorers on the same sentences.
    public var dataSeed: UInt64 = 1
    /// The model; its scorer is replaced by each of `scorers`.
    public var model = ModelSettings(scorer: "")
    /// The training; its seed is replaced by each of the seeds.
    public var training = TrainingSettings()
    /// Sizes and rates of each task's data; a task that is not named has its own defaults.
    public var data: [String: ToyOptions] = [:]

    public init(tasks: [String], scorers: [String]) {
        self.tasks = tasks
        self.scorers = scorers
    }

    /// One training and what is measured of it.
    public struct Run: Sendable, Hashable {
        public let task: String
        public let scorer: String
        public let seed: UInt64
    }

    /// All runs, in the order of the tables. Seeds vary slowest, so that an interrupted comparison has every scorer.
    public var runs: [Run] {
        (1...max(seeds, 1)).flatMap { seed in
            tasks.flatMap { task in scorers.map { Run(task: task, scorer: $0, seed: UInt64(seed)) } }
        }
    }

    /// The settings of one run.
    func settings(_ run: Run) -> (model: ModelSettings, training: TrainingSettings) {
        var model = model, training = training
        model.scorer = run.scorer
        training.seed = run.seed
        return (model, training)
    }
}
