// The command line: the subcommands, and the scorers, parts and tasks that they know.

import AttentionLab
import MyScorers
import Terminal

@main
enum Main {
    /// One file each. A new subcommand is a file and a line here.
    static let subcommands: [any Subcommand.Type] = [
        Compare.self, ReportCommand.self, ExperimentsCommand.self, ClaimsCommand.self, Merge.self, Train.self,
        Translate.self, Bench.self,
        Align.self, AlignmentErrorRate.self, BLEUCommand.self, Heads.self, ShowData.self, ShowScorers.self,
        ExercisesCommand.self, Notebooks.self,
    ]

    private static let usingScorers: Set = [
        Compare.name, ClaimsCommand.name, Train.name, Translate.name, Align.name, Bench.name, Heads.name,
        ShowScorers.name,
    ]

    /// The catalogue and the learner's own scorers.
    static var scorers: ScorerList { Catalog.scorers + myScorers }

    /// What they are called, alone and together. A learner's own are in the default comparison.
    static var names: ScorerNames { ScorerNames(scorers, standard: Catalog.standard + myScorers) }

    /// The toolkit's other parts of models and the learner's own.
    static var parts: PartList { myParts }

    /// The toolkit's tasks and the learner's own.
    static var tasks: TaskList { TaskList(own: myTasks) }

    static func main() {
        Program.main(subcommands) { name, console in
            guard usingScorers.contains(name) else { return }
            try checkNames()
            if let remark = remarkOnScorers(before: name) { console.note(remark + ".\n") }
        }
    }

    /// Which one would `--scorers dot` mean, if two had the name? And who would find a row without one?
    private static func checkNames() throws {
        let names = scorers.map { $0.card.name }
        for scorer in scorers {
            let name = scorer.card.name, family = scorer.card.family.name
            if let fault = ScorerNames.fault(ofName: name) {
                throw UsageError(
                    "\(scorer) is called “\(name)” on its card: \(fault). Give it another name there")
            }
            if let fault = ScorerCard.fault(ofName: family) {
                throw UsageError(
                    "the family of \(scorer) is called “\(family)”: \(fault). Give the family another name")
            }
        }
        if let fault = tasks.fault { throw UsageError(fault) }
        if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
            throw UsageError(
                "two scorers are called “\(twice)”; give the one in Exercises/Scorers another name on its card")
        }
    }

    /// What is said where figures of the learner's own scorers may be those of older ones; nil where there are none,
    /// then and now.
    private static func remarkOnScorers(before command: String) -> String? {
        let age = ProgramAge.scorers, folder = PackageFolder.built
        let isListed =
            !myScorers.isEmpty || age.newer(in: folder).contains { $0.lastPathComponent == "MyScorers.swift" }
        return isListed ? age.remark(on: folder, before: command) : nil
    }
}
