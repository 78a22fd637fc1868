import AttentionScorers
import Evaluation
import Experiments
import Reports

extension Claim {
    /// How rules on captions and speech end.
    static let writtenBeforeVectors =
        "Written on 29 November 2026, before any run of the experiment; trainings of one seed by which the sizes of the task were "
        + "chosen were known."

    static let locationForSpeech = Claim(
        "speech", "Attention must know where it was, to read long or repetitive speech.",
        source:
            "Chorowski et al. 2015, §4.2 and figure 3: content-based attention finds its way in utterances as long as those of training and "
            + "loses it in longer ones that repeat themselves",
        basis: .experiment("speech", seeds: 10),
        rule:
            "Letter error rates of `speech`, in points. Content alone fails on long speech: of each of `bahdanau` and `luong-dot` that of "
            + "`long` minus that of test, yes where the interval over seeds is all above 20, no where it is all below. Knowing where it "
            + "was helps: that of `bahdanau` on `long` minus that of each of `location-sensitive`, `monotonic` and `gmm` with the "
            + "same seed, yes where the interval is all above 0, no where it is all below the margin (5 points). Otherwise open. `forward` and "
            + "`stepwise`, and the looks at the same letter elsewhere, stand beside. " + writtenBeforeVectors
    ) { evidence in
        let rows = try evidence.rows("speech", task: SpeechTask().name)
        let content = [BahdanauScorer.card.name, LuongDotScorer.card.name].filter { !rows.of($0).isEmpty }
        let places = [
            LocationSensitiveScorer.card.name, MonotonicScorer.card.name, MixtureScorer<NormalisedMixture>.card.name,
        ]
        .filter { !rows.of($0).isEmpty }
        let free = BahdanauScorer.card.name
        guard content.contains(free), !places.isEmpty else {
            throw NotMeasured("the results lack \(free), or all scorers that know where they were, on speech")
        }
        let lost = content.map { scorer in
            ClaimFigure(
                "\(scorer): letter errors that length adds",
                rows.of(scorer).interval { row in row.longLetterErrors.flatMap { a in row.letterErrors.map { a - $0 } }
                },
                "points", .above(20, margin: 0))
        }
        func gain(_ scorer: String) -> HalvedInterval {
            rows.of(free).paired(with: rows.of(scorer)) { $0.saved(\.longLetterErrors, by: $1) }
        }
        let helped = places.map {
            ClaimFigure("\($0): letter errors of long speech saved", gain($0), "points", .positive(margin: 5))
        }
        let beside =
            [ForwardScorer.card.name, StepwiseScorer.card.name].filter { !rows.of($0).isEmpty }.map {
                ClaimFigure("\($0): letter errors of long speech saved", gain($0), "points")
            }
            + (content + places).map { scorer in
                ClaimFigure("\(scorer): looks at the same letter elsewhere", rows.of(scorer).interval(\.twinLooks), "%")
            }
        return Judgement(lost + helped + beside) { verdict in
            let numbers =
                "length adds \(list(lost, 1)) points of letter errors; of long speech \(free) has more than "
                + "\(list(helped, 1)) points"
            return verdict.sentence(numbers)
        }
    }
}

extension ResultRow {
    /// Errors in a hundred letters of test, and of long; looks of long at the same letter elsewhere, in a hundred.
    var letterErrors: Double? { SpeechTask.letterErrorRate.figure(self).map { 100 * $0 } }
    var longLetterErrors: Double? { SpeechTask.longLetterErrorRate.figure(self).map { 100 * $0 } }
    var twinLooks: Double? { SpeechTask.longTwinLooks.figure(self).map { 100 * $0 } }
}
