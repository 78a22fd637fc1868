// What a comparison compares: tasks × conditions × scorers × seeds, and every setting that changes the result.

public import Corpora
public import Seq2Seq

/// The description of one comparison. Two runs of the same description on the same machine give the same quality
/// figures, on any number of threads.
public struct Experiment: Sendable, Codable, Equatable {
    /// Names of tasks.
    public var tasks: [String]
    /// Those of them that are texts of one's own.
    public var texts: [OwnText] = []
    /// What these names mean. It is neither written nor compared.
    public var taskList: TaskList {
        get { named.with(texts) }
        set { named = newValue }
    }
    private var named = TaskList.standard
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
    /// What is varied beside the scorer; empty for one condition without a name.
    public var conditions: [Condition] = []

    public init(tasks: [String], scorers: [String]) {
        self.tasks = tasks
        self.scorers = scorers
    }

    /// One training and what is measured of it.
    public struct Run: Sendable, Hashable {
        public let task: String
        public let scorer: String
        public let seed: UInt64
        /// nil where the experiment has no conditions.
        public let condition: String?

        public init(task: String, scorer: String, seed: UInt64, condition: String? = nil) {
            (self.task, self.scorer, self.seed, self.condition) = (task, scorer, seed, condition)
        }

        /// As a sentence names it.
        public var text: String { "\(scorer) on \(task)\(condition.map { " (\($0))" } ?? ""), seed \(seed)" }
    }

    /// All runs, in the order of the tables. Seeds vary slowest, so that an interrupted comparison has every scorer.
    public var runs: [Run] {
        (1...max(seeds, 1)).flatMap { seed in
            tasks.flatMap { task in
                conditionNames.flatMap { condition in
                    scorers(in: condition).map { Run(task: task, scorer: $0, seed: UInt64(seed), condition: condition) }
                }
            }
        }
    }

    /// What can be set beside tasks, scorers, model, training and data.
    public static let settings = [seedCount, dataSeed]

    public static let seedCount = Setting<Experiment>.whole(
        "seeds", \.seeds, 1...10_000, "Trainings of each scorer on each task."
    ) {
        $0.seeds == 1 ? "seed 1" : "seeds 1 to \($0.seeds)"
    }
    public static let dataSeed = Setting<Experiment>.seed("dataSeed", \.dataSeed, "Draws the sentences.") {
        "data seed \($0.dataSeed)"
    }

    /// The first number that cannot be, as a sentence says it; nil where all can.
    var fault: String? {
        func first(_ data: [String: ToyOptions]) -> String? {
            for (task, options) in data.sorted(by: { $0.key < $1.key }) {
                if let fault = options.fault { return "of \(task) " + fault }
            }
            return nil
        }
        if let fault = Self.settings.fault(of: self) ?? model.fault ?? training.fault ?? first(data) { return fault }
        for condition in conditions {
            if let fault = condition.model?.fault ?? condition.training?.fault ?? first(condition.data ?? [:]) {
                return fault
            }
        }
        return nil
    }

    /// With the parts that it names.
    func resolved(among parts: PartList, file: String?) throws -> Experiment {
        try changed({ try $0.resolved(among: parts, file: file) }) { try $0.resolved(among: parts, file: file) }
    }

    /// With other settings, in every condition.
    func changed(
        _ model: (ModelSettings) throws -> ModelSettings, _ training: (TrainingSettings) throws -> TrainingSettings
    ) rethrows -> Experiment {
        var experiment = self
        experiment.model = try model(self.model)
        experiment.training = try training(self.training)
        for (index, condition) in conditions.enumerated() {
            experiment.conditions[index].model = try condition.model.map(model)
            experiment.conditions[index].training = try condition.training.map(training)
        }
        return experiment
    }

    /// The settings of one run.
    func settings(_ run: Run) -> (model: ModelSettings, training: TrainingSettings) {
        var (model, training) = settings(in: run.condition)
        (model.scorer, training.seed) = (run.scorer, run.seed)
        // A task may fit its model to the scorer.
        taskList[run.task]?.fit(&model, &training)
        return (model, training)
    }
}

// MARK: JSON

extension Experiment {
    private enum CodingKeys: String, CodingKey {
        case tasks, scorers, seeds, dataSeed, model, training, data, conditions
    }

    /// A task as files have it: a name, or what a text of one's own is.
    private struct TaskEntry: Codable {
        let name: String, text: OwnText?

        init(_ name: String, _ text: OwnText?) { (self.name, self.text) = (name, text) }

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let name = try? value.decode(String.self) {
                self.init(name, nil)
            } else {
                let text = try value.decode(OwnText.self)
                self.init(text.name, text)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            if let text { try value.encode(text) } else { try value.encode(name) }
        }
    }

    /// Results of before there were conditions have none; of before a setting, its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let entries = try values.decode([TaskEntry].self, forKey: .tasks)
        self.init(tasks: entries.map(\.name), scorers: try values.decode([String].self, forKey: .scorers))
        texts = entries.compactMap(\.text)
        try Self.settings.decode(from: decoder, into: &self)
        model = try values.decode(ModelSettings.self, forKey: .model)
        training = try values.decode(TrainingSettings.self, forKey: .training)
        data = try values.decode([String: ToyOptions].self, forKey: .data)
        conditions = try values.decodeIfPresent([Condition].self, forKey: .conditions) ?? []
    }

    /// Without conditions, the same bytes as before there were any.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(tasks.map { name in TaskEntry(name, texts.first { $0.name == name }) }, forKey: .tasks)
        try values.encode(scorers, forKey: .scorers)
        try values.encode(seeds, forKey: .seeds)
        try values.encode(dataSeed, forKey: .dataSeed)
        try values.encode(model, forKey: .model)
        try values.encode(training, forKey: .training)
        try values.encode(data, forKey: .data)
        if !conditions.isEmpty { try values.encode(conditions, forKey: .conditions) }
    }
}
