import AttentionScorers
import Evaluation
import Experiments
import Reports
import Seq2Seq

extension Claim {
    static let supervisedAligns = Claim(
        "supervised", "Weights that are taught align better, and translate no better.",
        source:
            "Liu et al. 2016 and Mi et al. 2016, who teach weights the links of an aligner, report less AER and more BLEU, too; that it does not help "
            + "translation is what teaching texts say",
        basis: .experiment("terms", seeds: 10),
        rule:
            "For each scorer that was trained with the gold links and without, with the same seed: AER without minus AER with them: yes "
            + "where the interval over seeds is all above 0, no where it is all below the margin (0.01). BLEU with minus BLEU without: "
            + "yes (no better) where the interval is all below 1 BLEU, no where it is all above. Otherwise open. "
            + writtenBefore
    ) { evidence in
        let rows = try evidence.rows("terms")
        func rowsOf(_ scorer: String, _ terms: TermList) -> [ResultRow] {
            rows.of(scorer).filter { $0.training.terms == terms }
        }
        let taught: TermList = [.supervised: 1]
        let scorers = rows.scorers.filter { !rowsOf($0, taught).isEmpty && !rowsOf($0, [:]).isEmpty }
        guard !scorers.isEmpty else {
            throw NotMeasured("the results have no scorer that was trained with the gold links and without")
        }
        let aer = scorers.map { scorer in
            ClaimFigure(
                "\(scorer): AER saved",
                rowsOf(scorer, [:]).paired(with: rowsOf(scorer, taught)) { $0.saved(\.aer, by: $1) }, "",
                .positive(margin: 0.01))
        }
        let bleu = scorers.map { scorer in
            ClaimFigure(
                "\(scorer): BLEU gained",
                rowsOf(scorer, taught).paired(with: rowsOf(scorer, [:])) { $0.saved(\.bleu, by: $1) }, "BLEU",
                .below(1))
        }
        return Judgement(aer + bleu) { verdict in
            let numbers = "AER saved: \(list(aer, 3)); BLEU gained: \(list(bleu, 1))"
            return switch verdict {
            case .holds: "It holds, both halves of it. \(numbers)."
            case .doesNotHold: "Neither half of it. \(numbers)."
            case .mixed: "Better aligned: \(count(aer)); no better translated: \(count(bleu)). \(numbers)."
            case .notTestable:
                "Not all of it can be told. Better aligned: \(count(aer)); no better translated: \(count(bleu)). \(numbers)."
            }
        }
    }
}
