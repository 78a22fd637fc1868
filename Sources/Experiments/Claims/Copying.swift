import Corpora
import Evaluation
import Reports
import Seq2Seq

extension Claim {
    static let copying = Claim(
        "copying", "A model that can copy source words translates unknown words.",
        source:
            "See et al. 2017, §2.2 (“the ability to produce OOV words”), and Gu et al. 2016, §1, who copy within one language; teaching texts "
            + "say it of translation",
        basis: .experiment("copying", seeds: 6),
        rule:
            "For each task and scorer, the share of reference words outside the vocabulary that the model with the pointer has in their "
            + "place: yes where the interval over seeds is all above 50 %, no where it is all below, otherwise open."
    ) { evidence in
        var found: [(name: String, share: HalvedInterval)] = [], beside: [ClaimFigure] = [], ranges: [String] = []
        for task in try evidence.tasks("copying") {
            let rows = try evidence.rows("copying", task: task)
            var means: [Double] = []
            for scorer in rows.scorers {
                func of(_ copying: Copying) -> [ResultRow] { rows.of(scorer).filter { $0.model.copying == copying } }
                let share = of(.pointer).interval { $0.newWordsRight.map { 100 * $0 } }
                guard let mean = share.mean else { continue }
                means.append(mean)
                found.append(("\(task), \(scorer): unknown words right with the pointer", share))
                let without = of(.none).interval { $0.newWordsRight.map { 100 * $0 } }
                beside.append(ClaimFigure("\(task), \(scorer): unknown words right without it", without, "%"))
                let gain = of(.pointer).paired(with: of(.none)) { a, b in a.bleu.flatMap { a in b.bleu.map { a - $0 } }
                }
                beside.append(ClaimFigure("\(task), \(scorer): BLEU gained", gain, "BLEU"))
            }
            if let least = means.min(), let most = means.max() { ranges.append("\(range(least, most)) % in \(task)") }
        }
        let parts = found.map { ClaimFigure($0.name, $0.share, "%", .above(50, margin: 0)) }
        guard !parts.isEmpty else {
            throw NotMeasured("the results have no model with a pointer, or no reference word that is unknown to it")
        }
        return Judgement(parts + beside) { verdict in
            let figures = "Of the unknown words it has right \(ranges.joined(separator: ", "))"
            return switch verdict {
            case .holds: "It holds. \(figures)."
            case .doesNotHold: "Not here. \(figures)."
            case .mixed:
                "It copies; it does not translate. \(figures): what stays as it is can be copied, what has a translation cannot."
            case .notTestable: "Not for all of them can it be told. \(figures)."
            }
        }
    }
}

/// "92 to 95", or "100" where both are shown as that.
private func range(_ least: Double, _ most: Double) -> String {
    let (a, b) = (Claim.text(least), Claim.text(most))
    return a == b ? a : "\(a) to \(b)"
}

extension ResultRow {
    /// Share of the test set's reference words outside the vocabulary that the translation has in their place.
    var newWordsRight: Double? { test.translation.byPhenomenon[TranslationReport.newWord]?.wordAccuracy }
}
