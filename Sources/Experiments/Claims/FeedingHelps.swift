import Evaluation
import Reports
import Seq2Seq

extension Claim {
    static let feedingHelps = Claim(
        "feeding", "Feeding the context to the decoder helps, and reduces repetition.",
        source:
            "Luong et al. 2015 (arXiv:1508.04025), §3.3 and table 1 (+1.3 BLEU for input feeding), who hope for a “coverage effect”; that it "
            + "reduces repetition is what teaching texts make of that",
        basis: .experiment("feeding", seeds: 10),
        rule:
            "For each scorer, feeding the context minus feeding nothing, with the same seed: BLEU of test (margin 1), and nothing "
            + "minus context in the share of output words "
            + "that repeat the word before, over test and long together (margin 0.1 points). Yes where the interval over seeds is all "
            + "above 0; no where it is all below the "
            + "margin; otherwise open."
    ) { evidence in
        let rows = try evidence.rows("feeding")
        func rowsOf(_ scorer: String, _ feeding: Feeding) -> [ResultRow] {
            rows.of(scorer).filter { $0.model.feeding == feeding }
        }
        let scorers = rows.scorers.filter { !rowsOf($0, .context).isEmpty && !rowsOf($0, .none).isEmpty }
        guard !scorers.isEmpty else {
            throw NotMeasured("the results have no scorer with the context fed and with nothing fed")
        }
        let bleu = scorers.map { scorer in
            let gain = rowsOf(scorer, .context).paired(with: rowsOf(scorer, .none)) { a, b in
                a.bleu.flatMap { a in b.bleu.map { a - $0 } }
            }
            return ClaimFigure("\(scorer): BLEU gained", gain, "BLEU", .positive(margin: 1))
        }
        let repetition = scorers.map { scorer in
            let less = rowsOf(scorer, .context).paired(with: rowsOf(scorer, .none)) { a, b in
                a.repeatedOutput.flatMap { a in b.repeatedOutput.map { 100 * ($0 - a) } }
            }
            return ClaimFigure("\(scorer): repeated words saved", less, "points", .positive(margin: 0.1))
        }
        let rates = scorers.flatMap { scorer in
            [Feeding.context, .none].map { feeding in
                ClaimFigure(
                    "\(scorer), \(feeding == .none ? "nothing" : "context") fed: repeated words",
                    rowsOf(scorer, feeding).interval { $0.repeatedOutput.map { 100 * $0 } }, "%")
            }
        }
        return Judgement(bleu + repetition + rates) { verdict in
            let numbers =
                "BLEU gained: \(Claim.list(bleu, 1)); points of repeated words saved: \(Claim.list(repetition, 2))"
            return switch verdict {
            case .holds: "It holds, both parts, for every scorer. \(numbers)."
            case .doesNotHold: "Not here, neither part. \(numbers)."
            case .mixed: "More BLEU: \(Claim.count(bleu)); less repetition: \(Claim.count(repetition)). \(numbers)."
            case .notTestable:
                "It cannot be told. More BLEU: \(Claim.count(bleu)); less repetition: \(Claim.count(repetition)). \(numbers)."
            }
        }
    }

    /// "bahdanau 1.2, luong-dot 0.3": figures whose names begin with a scorer.
    static func list(_ figures: [ClaimFigure], _ digits: Int) -> String {
        figures.map { "\($0.name.prefix { $0 != ":" }) \(text($0.value, digits))" }.joined(separator: ", ")
    }

    /// "yes in 2 of 3, no in 1 of 3".
    static func count(_ figures: [ClaimFigure]) -> String {
        let counts = [("yes", PartAnswer.yes), ("no", .no), ("open", .open)].map { word, answer in
            (word, figures.count { $0.answer == answer })
        }.filter { $0.1 > 0 }
        return counts.map { "\($0) in \($1) of \(figures.count)" }.joined(separator: ", ")
    }
}

extension ResultRow {
    /// Share of output words equal to the word before, test and long together.
    var repeatedOutput: Double? {
        [test, long].map(\.translation.all.accuracy).reduce(into: AccuracyCounts()) { $0 += $1 }.repetitionRate
    }

    /// Share of source words attended to more than 1.5 times, test and long together.
    var repeatedAttention: Double? {
        [test, long].compactMap { $0.alignment?.coverage }.reduce(into: CoverageCounts()) { $0 += $1 }.repetitionRate
    }
}
