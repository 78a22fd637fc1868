import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let whereWeightsPoint = Claim(
        "pointing", "Content-based weights point at the input word, location-based ones at the predicted word.",
        source:
            "Luong et al. 2015 (arXiv:1508.04025), footnote 14, to §5.3: so they read alignments off their weights; Chen et al. 2020, §3, measure "
            + "the shift in trained models",
        basis: .experiment("default", seeds: 10),
        rule:
            "AER when target word j is explained by the step that predicts it, and by the step whose input it is (one later). "
            + "Content-based scorers: yes where the AER of the predicted word minus "
            + "that of the input word has an interval over seeds all above 0, no where all of it is below 0.01. `location`: the same "
            + "the other way round."
    ) { evidence in
        let rows = try evidence.rows("default")
        let content = contentScorers.filter { !rows.of($0).isEmpty }
        let location = rows.scorers.filter { $0 == LocationScorer.card.name }
        guard !content.isEmpty, !location.isEmpty else {
            throw NotMeasured("the results lack a content-based scorer or location")
        }
        let figures = (content + location).map { scorer in
            let isContent = scorer != LocationScorer.card.name
            let gap = rows.of(scorer).interval { row in
                guard let shifts = row.test.alignment?.shifts, let predicted = shifts.same.aer,
                    let input = shifts.later.aer
                else { return nil }
                return isContent ? predicted - input : input - predicted
            }
            let name = "\(scorer): AER saved by taking the \(isContent ? "input" : "predicted") word"
            return ClaimFigure(name, gap, "", .positive(margin: 0.01))
        }
        let rates = (content + location).flatMap { scorer in
            [
                ClaimFigure(
                    "\(scorer): AER, predicted word", rows.of(scorer).interval { $0.test.alignment?.shifts.same.aer },
                    ""),
                ClaimFigure(
                    "\(scorer): AER, input word", rows.of(scorer).interval { $0.test.alignment?.shifts.later.aer }, ""),
            ]
        }
        return Judgement(figures + rates) { verdict in
            let numbers = list(figures, 2)
            return switch verdict {
            case .holds: "It holds: AER saved, \(numbers)."
            case .mixed where figures.dropLast().allSatisfy({ $0.answer == .no }) && figures.last?.answer == .yes:
                "Half of it: location’s weights point at the predicted word, and so do those of every content-based scorer here. AER "
                    + "saved by the claim’s reading: \(numbers)."
            case .notTestable: "It cannot be told for all of them; AER saved by the claim’s reading: \(numbers)."
            default: "Not as stated; AER saved by the claim’s reading: \(numbers)."
            }
        }
    }
}
