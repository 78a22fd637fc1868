// What stands in one table: a task, with all conditions that were tested on the same sentences.

import Corpora

/// Conditions can stand in one table, and be compared by a paired test, where they share the test sentences; conditions
/// that change those have a table each.
public struct ResultSection: Sendable, Equatable {
    public let task: String
    /// nil alone where the experiment has no conditions.
    public let conditions: [String?]
    /// The task, and the condition where it has a table of its own.
    public let title: String

    /// What is compared: a scorer under a condition.
    public struct System: Sendable, Hashable {
        public let scorer: String
        public let condition: String?

        public init(scorer: String, condition: String? = nil) { (self.scorer, self.condition) = (scorer, condition) }

        /// In one word or two.
        public var name: String { condition.map { "\(scorer), \($0)" } ?? scorer }
    }

    /// Whether the table needs a column for them.
    public var showsConditions: Bool { conditions.count > 1 }

    /// The conditions of a scorer stand under one another.
    public func systems(of experiment: Experiment) -> [System] {
        experiment.scorers.flatMap { scorer in
            conditions.filter { experiment.scorers(in: $0).contains(scorer) }.map {
                System(scorer: scorer, condition: $0)
            }
        }
    }

    func has(_ row: ResultRow) -> Bool { has(row.run) }
    func has(_ run: Experiment.Run) -> Bool { run.task == task && conditions.contains(run.condition) }

    public func has(_ line: SummaryLine) -> Bool { line.task == task && conditions.contains(line.condition) }

    /// With its condition only where the section has several: a single one stands in the title.
    func name(of system: System) -> String { showsConditions ? system.name : system.scorer }

    /// The rows of each system that has any.
    public func groups(of results: ResultsFile) -> [(system: System, rows: [ResultRow])] {
        let rows = Dictionary(grouping: results.rows.filter(has)) { System(scorer: $0.scorer, condition: $0.condition) }
        return systems(of: results.experiment).compactMap { system in rows[system].map { (system, $0) } }
    }
}

extension Experiment {
    /// The tables, in the order of the tasks and conditions.
    public var sections: [ResultSection] {
        tasks.flatMap { task in
            var groups: [(options: ToyOptions, conditions: [String?])] = []
            for condition in conditionNames {
                var options = options(task, in: condition)
                // The training split is drawn last, from a stream of its own: more of it changes no other split.
                options.trainPairs = 0
                if let index = groups.firstIndex(where: { $0.options == options }) {
                    groups[index].conditions.append(condition)
                } else {
                    groups.append((options, [condition]))
                }
            }
            return groups.map { group in
                let names = groups.count > 1 ? group.conditions.compactMap { $0 } : []
                return ResultSection(
                    task: task, conditions: group.conditions, title: ([task] + names).joined(separator: ", "))
            }
        }
    }
}
