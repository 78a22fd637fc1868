import Corpora
import Evaluation
public import Experiments
import Reports

extension Claim {
    /// Ten Transformers of each of the two languages whose sentences come from a tree.
    public static let studiesOfHeads = ["english-french", "english-german"].map { task in
        var settings = HeadStudy.Settings()
        (settings.task, settings.seeds) = (task, 10)
        return settings
    }

    static let headsFollowSyntax = Claim(
        "syntax", "Heads of self-attention follow syntax.",
        source:
            "Clark et al. 2019, §4.2 and table 1: single heads of BERT find the head of some relations far better than a fixed distance "
            + "does, and no head finds all",
        basis: .measurement(
            "ten Transformers on each of english-french and english-german, trained here, and the heads of their encoders"
        ),
        rule:
            "For each language and each of three relations (article → noun, adjective → noun, verb → subject): the head of the encoder "
            + "that is best on dev; on test, the share of the relation’s words whose most attended word is the right one, minus that of the best fixed "
            + "distance on dev, in points. Yes where the interval over seeds is all above 0, no where it is all below the margin "
            + "(5 points); otherwise open. Relative pronoun → noun stands beside: in this grammar it is always the word before. Written on "
            + "29 November 2026, before any run of it; two models of half as many steps on English to French were known."
    ) { evidence in
        headsJudgement(
            try evidence.heads.map { settings in
                (settings.task, try HeadStudy(settings, scorer: evidence.type(settings.model.scorer)))
            })
    }

    private static let judgedRelations: [SyntaxRelation] = [.article, .adjective, .subject]

    static func headsJudgement(_ studies: [(task: String, study: HeadStudy)]) -> Judgement {
        let relations = SyntaxRelation.allCases.filter { !$0.isPlace }
        let figures: [ClaimFigure] = studies.flatMap { task, study in
            relations.map { relation in
                let gains: [(UInt64, Double)] = study.readings.compactMap { seed, reading in
                    reading.best(at: relation).map { (seed, $0.difference * 100) }
                }
                return headsFigure(task, relation, HalvedInterval(gains))
            }
        }
        return headsJudgement(figures.filter { $0.answer != nil } + figures.filter { $0.answer == nil })
    }

    static func headsFigure(_ task: String, _ relation: SyntaxRelation, _ gain: HalvedInterval) -> ClaimFigure {
        let name = "\(task), \(relation.name): gained over the best fixed distance"
        return judgedRelations.contains(relation)
            ? ClaimFigure(name, gain, "points", .positive(margin: 5)) : ClaimFigure(name, gain, "points")
    }

    static func headsJudgement(_ figures: [ClaimFigure]) -> Judgement {
        Judgement(figures) { verdict in
            let numbers =
                "the best head gains over a fixed distance, in points: "
                + figures.filter { $0.answer != nil }.map { "\($0.subject) \(text($0.value, 1))" }.joined(
                    separator: "; ")
            return switch verdict {
            case .holds: "It holds, for all three relations: \(numbers)."
            case .doesNotHold: "Not here, for none of the three: \(numbers)."
            case .mixed: "For some relations: \(numbers)."
            case .notTestable: "It cannot be told: \(numbers)."
            }
        }
    }
}
