// `attention claims`: what teaching texts say, and what was measured here.

import AttentionLab
import Claims
import Foundation
import Terminal

enum ClaimsCommand: Subcommand {
    static let name = "claims"
    static let summary = "What teaching texts claim, tested: what was measured, the interval, and whether it holds."
    static let details = """
        Without --results, experiments whose results are missing in --output are trained first: it is said how many trainings that is and
        about how long they take (all of them more than an hour on two cores; what is there is kept, Ctrl-C stops, and the same command goes on). With
        --results, finished folders are read and nothing is trained for an experiment; a claim whose experiment is not among them says so,
        with the command, and has no verdict. Measurements that need no experiment are taken at once. With NAME, one claim in detail. The
        rule of each verdict, with its thresholds, is fixed and stands in the detail.

        A claim has parts, such as one for each scorer. A part has an answer only where its 95 % interval gives it three times: over all
        seeds, over the odd and over the even ones alone; another machine rounds otherwise, and that is as if the seeds were others. A verdict
        stands only where no open part could turn it: all yes, all no, or a yes and a no (mixed). Experiments are therefore trained with more
        seeds than `attention compare` takes (ten, copying six), and results with fewer have mostly open parts.
        """
    static let operand = "[NAME…]"
    static let options =
        [
            Option(
                "--results", "DIR",
                "Finished results of `attention compare --experiment …`, or a folder of such folders; may be repeated, and only reads.",
                repeats: true),
            Option("--run", "Train what is missing, also beside --results."),
            Option(
                "--output", "DIR", "Where experiments are trained, each in a folder of its name.",
                standard: "results/claims"),
            Option("--threads", "N", "Trainings side by side.", standard: "one a core"),
            Option(Experiment.seedCount, standard: "10, copying 6"),
            OutputFormat.option,
        ] + ModelOptions.all + DataOptions.toy
    static let examples = [
        (why: "all claims, with whatever trainings they need", command: "attention claims"),
        (
            why: "finished comparisons only",
            command: "attention claims --results results/default --results results/feeding"
        ),
        (why: "one claim, its rule and all its figures", command: "attention claims length"),
        (why: "claims that need no trainings", command: "attention claims speed scaling keys masking"),
        (why: "for a page", command: "attention claims --results results/claims --format markdown"),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", OutputFormat.self) ?? .terminal
        let chosen = try claims(arguments.operands)
        var evidence = ClaimEvidence(
            scorers: Main.scorers, explanation: try explanation(arguments), heads: try heads(arguments))
        for place in arguments.texts("--results") { try ClaimResults.read(place, &evidence, console) }
        if arguments.has("--run") || !arguments.has("--results") {
            try ClaimResults.train(chosen, &evidence, arguments, console)
        }
        let statuses = try chosen.map { claim in
            if case .measurement(let what) = claim.basis { console.remark("\(claim.name): \(what)\n") }
            return try ClaimStatus(claim, evidence)
        }
        try ClaimText.print(statuses, evidence, isDetailed: !arguments.operands.isEmpty, format, console)
    }

    private static func claims(_ names: [String]) throws -> [Claim] {
        guard !names.isEmpty else { return Claim.all }
        return try names.enumerated().map { index, name in
            guard let claim = Claim.all.first(where: { $0.name == name }) else {
                throw UsageError(
                    "there is no claim “\(name)”. \(Suggestion.orList(for: name, among: Claim.all.map(\.name)))")
            }
            guard !names[..<index].contains(name) else {
                throw UsageError("the claim “\(name)” was named twice; name it once")
            }
            return claim
        }
    }

    /// The same flags reach the models that one of the measurements trains.
    private static func explanation(_ arguments: Arguments) throws -> ExplanationStudy.Settings {
        var settings = ExplanationStudy.Settings()
        try ModelOptions.apply(arguments, &settings.model, &settings.training)
        var experiment = Experiment(tasks: [], scorers: []), data = ToyOptions()
        experiment.seeds = settings.seeds
        (data.trainPairs, data.testPairs) = (settings.trainPairs, settings.sentences)
        try arguments.apply(Experiment.settings, to: &experiment)
        try DataOptions.apply(arguments, &data)
        // The limit is that of the study, where it has a default below it.
        settings.seeds = min(experiment.seeds, 20)
        (settings.trainPairs, settings.sentences) = (data.trainPairs, data.testPairs)
        return settings
    }

    /// As above, of the study of heads.
    private static func heads(_ arguments: Arguments) throws -> [HeadStudy.Settings] {
        try Claim.studiesOfHeads.map { study in
            var settings = study, experiment = Experiment(tasks: [], scorers: [])
            var data = try HeadStudy.parsedTask(study.task).defaults
            (experiment.seeds, data.longPairs) = (study.seeds, 0)
            try ModelOptions.apply(arguments, &settings.model, &settings.training)
            try arguments.apply(Experiment.settings, to: &experiment)
            try DataOptions.apply(arguments, &data)
            (settings.seeds, settings.dataSeed, settings.data) = (min(experiment.seeds, 20), experiment.dataSeed, data)
            return settings
        }
    }
}
