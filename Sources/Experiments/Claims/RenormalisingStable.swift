import Randomness
import Reports
import TensorCore

extension Claim {
    static let renormalisingStable = Claim(
        "masking", "Masking after the softmax and renormalising is more stable than −∞ before it.",
        source:
            "teaching texts, after the code of See et al. 2017 (pointer-generator, attention_decoder.py, masked_attention); their paper "
            + "does not speak of it",
        basis: .measurement("both on rows whose padding has a score up to 400 above the real words’"),
        rule:
            "Both ways on 200 random rows of 5 real words and 3 of padding, for each lead of the padding’s score. Renormalising divides the "
            + "softmax of the real words by its sum, as that code does. Yes where the masked way has an undefined weight and the renormalising "
            + "one has none; no where it is the other way round; a lead at which neither fails is no part. No chance is in it."
    ) { _ in maskJudgement(try [0, 50, 100, 110, 200, 400].map(MaskCase.init)) }

    static func maskJudgement(_ cases: [MaskCase]) -> Judgement {
        let figures = cases.flatMap { one -> [ClaimFigure] in
            let answer: PartAnswer? =
                one.masked == one.dividing
                ? nil
                : one.masked > 0 && one.dividing == 0
                    ? .yes
                    : one.masked == 0 ? .no : .open
            let name = "padding leads by \(text(one.lead)): "
            return [
                ClaimFigure(name + "rows undefined, renormalising", exactly: 100 * one.dividing, "%", answer),
                ClaimFigure(name + "rows undefined, −∞", exactly: 100 * one.masked, "%"),
                ClaimFigure(
                    name + "rows undefined, times the reciprocal of the sum", exactly: 100 * one.reciprocal, "%"),
            ]
                + (one.error.map { [ClaimFigure(name + "largest error of a weight, renormalising", exactly: $0, "")] }
                    ?? [])
        }
        return Judgement(figures) { verdict in
            let first = cases.first { $0.dividing > 0 },
                failed =
                    first.map {
                        "where the padding’s score leads by \(text($0.lead)), the softmax of every real word rounds to 0 and renormalising divides 0 "
                            + "by 0 in \(text($0.dividing * 100)) % of the rows, −∞ in none"
                    } ?? ""
            return switch verdict {
            case .doesNotHold:
                "The other way round: \(failed)." + (edge(cases).map { " \($0)" } ?? "")
                    + " (Here −∞ is done by leaving the padding out of the softmax, which is the same number.)"
            case .holds: "It holds: −∞ has undefined weights where renormalising has none."
            case .notTestable: "Neither ever gave an undefined weight." + (edge(cases).map { " \($0)" } ?? "")
            case .mixed: "Each fails somewhere."
            }
        }
    }

    /// Of the greatest lead at which the sum is no 0: finite, and what it is worth.
    private static func edge(_ cases: [MaskCase]) -> String? {
        guard let last = cases.last(where: { $0.dividing == 0 }), last.lead > 0 else { return nil }
        let reciprocal =
            last.reciprocal > 0
            ? "; its reciprocal overflows in \(text(last.reciprocal * 100)) % of the rows, so whoever "
                + "multiplies by that has undefined weights already there" : ""
        return
            "At a lead of \(text(last.lead)) the sum of the real words is \(NumberText.text(last.sum, significant: 1)) and dividing by it "
            + "is finite, with weights that are off by up to \(NumberText.text(last.error ?? 0, significant: 1))\(reciprocal)."
    }
}

/// Both ways to keep padding out, where the padding's score leads.
struct MaskCase {
    let lead: Double
    /// Shares of rows with a weight that is no number: −∞ before the softmax; the softmax of the real words divided by
    /// its sum; the same, multiplied by the reciprocal of the sum, as `Tensor.renormalisingSoftmax` does it.
    let masked: Double, dividing: Double, reciprocal: Double
    /// Of the softmax of the real words: the mean over rows.
    var sum = 0.0
    /// The largest difference of a weight between the first two ways; nil where they never both gave numbers.
    var error: Double?

    init(lead: Double, masked: Double, dividing: Double, reciprocal: Double = 0) {
        (self.lead, self.masked, self.dividing, self.reciprocal) = (lead, masked, dividing, reciprocal)
    }

    init(lead: Double) throws {
        var random = RandomSource(seed: 1, purpose: "mask \(lead)")
        let rows = 200, real = 5
        var undefined = (masked: 0, dividing: 0, reciprocal: 0), total = 0.0, error: Double?
        for _ in 0..<rows {
            let scores = (0..<8).map { Scalar(random.normal() + ($0 < real ? 0 : lead)) }
            let row = try Tensor(scores, shape: [1, 8])
            let masked = try row.maskedSoftmax(lengths: [real]).values.prefix(real)
            let whole = try row.maskedSoftmax(lengths: [8]).values.prefix(real), sum = whole.reduce(0, +)
            let divided = whole.map { $0 / sum }
            if !masked.allSatisfy(\.isFinite) { undefined.masked += 1 }
            if !divided.allSatisfy(\.isFinite) { undefined.dividing += 1 }
            if try !row.renormalisingSoftmax(lengths: [real]).values.allSatisfy(\.isFinite) {
                undefined.reciprocal += 1
            }
            total += Double(sum)
            for (x, y) in zip(masked, divided) where x.isFinite && y.isFinite {
                error = max(error ?? 0, Double(abs(x - y)))
            }
        }
        func share(_ count: Int) -> Double { Double(count) / Double(rows) }
        self.init(
            lead: lead, masked: share(undefined.masked), dividing: share(undefined.dividing),
            reciprocal: share(undefined.reciprocal))
        (sum, self.error) = (total / Double(rows), error)
    }
}
