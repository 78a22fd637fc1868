import AttentionScorers
import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    static let additiveByBody = Claim(
        "body", "The additive score beats the dot product in a recurrent model, and not in a Transformer.",
        source:
            "teaching texts, after Britz et al. 2017, §4.5 (recurrent: additive slightly ahead), and Vaswani et al. 2017, §3.2.1, who chose dot products "
            + "for their speed",
        basis: .experiment("body", seeds: 10),
        rule:
            "BLEU of `bahdanau` minus that of `luong-dot`, and of `scaled-dot`, with the same seed. Recurrent: yes where the interval "
            + "over seeds is all above 0, no where it is all below the margin (1 BLEU). Transformer: yes (it does not beat) where the "
            + "interval is all below 1 BLEU, no where it is all above. Otherwise open. " + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("body")
        func gain(_ decoder: DecoderKind, over scorer: String) -> HalvedInterval {
            let rows = rows.filter { $0.model.decoder == decoder }
            return rows.of(BahdanauScorer.card.name).paired(with: rows.of(scorer)) { $0.saved(\.bleu, by: $1) }
        }
        let dots = [LuongDotScorer.card.name, ScaledDotScorer.card.name]
        let parts = [
            ("recurrent", DecoderKind.recurrent, PartRule.positive(margin: 1)),
            ("transformer", .transformer, .below(1)),
        ]
        .flatMap { name, decoder, rule in
            dots.map { (name: "\(name), over \($0): BLEU gained", value: gain(decoder, over: $0), rule: rule) }
        }.filter { $0.value.count > 0 }.map { ClaimFigure($0.name, $0.value, "BLEU", $0.rule) }
        guard Set(parts.map { $0.subject.prefix { $0 != "," } }).count == 2 else {
            throw NotMeasured("the results lack bahdanau and a dot product in both bodies")
        }
        return Judgement(parts) { verdict in
            let numbers =
                "BLEU of bahdanau: " + parts.map { "\($0.subject) \(text($0.value, 1))" }.joined(separator: "; ")
            return switch verdict {
            case .holds: "It holds, both halves of it. \(numbers)."
            case .doesNotHold: "Neither half of it. \(numbers)."
            case .mixed: "In part. \(numbers)."
            case .notTestable: "Not all of it can be told. \(numbers)."
            }
        }
    }
}
