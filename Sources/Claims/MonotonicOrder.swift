import AttentionScorers
import Corpora
import Evaluation
import Experiments
import Reports

extension Claim {
    static let monotonicOrder = Claim(
        "monotonic", "Monotonic attention cannot reorder.",
        source:
            "Raffel et al. 2017, §2 (a memory entry once passed is never attended to again), as teaching texts put it",
        basis: .experiment("monotonic", seeds: 10),
        rule:
            "On `reverse`, where every word stands at the other end, of `monotonic`, `mocha`, `stepwise` and `forward`: AER of test, yes "
            + "where the interval over seeds is all above 0.5, no where it is all below; sentences right that `bahdanau` has more with the "
            + "same seed, yes where the interval is all above 0, no where it is all below the margin (10 points). Otherwise open. "
            + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("monotonic", task: ReverseTask().name), free = BahdanauScorer.card.name
        let walks = rows.scorers.filter { $0 != free }
        guard !walks.isEmpty, !rows.of(free).isEmpty else {
            throw NotMeasured("the results lack \(free), or all scorers that walk, on \(ReverseTask().name)")
        }
        let aer = walks.map {
            ClaimFigure("\($0): AER", rows.of($0).interval(\.aer), "", .above(0.5, margin: 0))
        }
        let lost = walks.map { scorer in
            ClaimFigure(
                "\(scorer): sentences right, lost against \(free)",
                rows.of(free).paired(with: rows.of(scorer)) { $0.saved(\.sentencesRight, by: $1) },
                "points", .positive(margin: 10))
        }
        return Judgement(aer + lost) { verdict in
            let numbers =
                "on sentences turned round their AER is "
                + aer.map { "\($0.subject) \(text($0.value, 2))" }.joined(separator: ", ")
                + "; sentences right that \(free) has more: \(list(lost, 0)) points"
            return switch verdict {
            case .holds: "It holds, in the links and in the words: \(numbers)."
            case .doesNotHold: "Not here: \(numbers)."
            case .mixed:
                "In part: \(numbers). A state can carry what was passed, so that words come out right that no weight points at."
            case .notTestable: "Not all of it can be told: \(numbers)."
            }
        }
    }
}
