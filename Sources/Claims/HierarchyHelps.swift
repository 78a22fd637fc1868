import AttentionScorers
import Evaluation
import Experiments
import Reports

extension Claim {
    /// How rules on documents end.
    static let writtenBeforeDocuments =
        "Written on 29 November 2026, before any run of the experiment; trainings of two to five seeds by which the sizes of the task "
        + "were chosen were known."

    static let hierarchyHelps = Claim(
        "hierarchy",
        "Attention at two levels, words and sentences, labels documents better than attention over all words.",
        source: "Yang et al. 2016, §1 and table 2, whose models without a hierarchy have no attention at all",
        basis: .experiment("hierarchy", seeds: 10),
        rule:
            "For each scorer that has weights, right labels at two levels minus those of the flat model with the same seed, in points: at the "
            + "lengths of training, and at twice as many words. Yes where the interval over seeds is all above 0, no where it is all "
            + "below 1 point; otherwise open. What the hierarchy alone gives the mean (`uniform`) stands beside. "
            + writtenBeforeDocuments
    ) { evidence in
        let rows = try evidence.rows("hierarchy")
        func gain(_ scorer: String, _ figure: @escaping (ResultRow) -> Double?) -> HalvedInterval {
            rows.documents(scorer, BuiltInExperiment.twoLevels)
                .paired(with: rows.documents(scorer, BuiltInExperiment.flat)) { two, one in
                    figure(two).flatMap { two in figure(one).map { two - $0 } }
                }
        }
        let measured = rows.scorers.filter { scorer in
            [BuiltInExperiment.flat, BuiltInExperiment.twoLevels].allSatisfy { !rows.documents(scorer, $0).isEmpty }
        }
        let scorers = measured.filter { evidence.hasAlignment($0) }
        guard !scorers.isEmpty else { throw NotMeasured("the results have no scorer with weights in both models") }
        let test = scorers.map {
            ClaimFigure(
                "\($0): right labels gained", gain($0, \.rightLabels), "points", .positive(margin: 1))
        }
        let long = scorers.map {
            ClaimFigure(
                "\($0): right labels gained, long", gain($0, \.longSentencesRight), "points", .positive(margin: 1))
        }
        let beside = measured.filter { !scorers.contains($0) }.map {
            ClaimFigure("\($0): right labels gained", gain($0, \.rightLabels), "points")
        }
        return Judgement(test + long + beside) { verdict in
            let numbers =
                "right labels gained by the second level, \(list(test, 1)) points; of twice as many words, \(list(long, 1)) points; "
                + "by the mean, \(list(beside, 1))"
            return verdict.sentence(numbers)
        }
    }
}

extension [ResultRow] {
    /// Of one scorer in one condition of an experiment.
    func documents(_ scorer: String, _ condition: String) -> [ResultRow] {
        of(scorer).filter { $0.condition == condition }
    }
}

extension ResultRow {
    /// In percent.
    var rightLabels: Double? { test.translation.all.accuracy.sentenceAccuracy.map { 100 * $0 } }
}
