import Randomness
import Reports
import TensorCore

extension Claim {
    static let renormalisingStable = Claim(
        "masking", "Masking after the softmax and renormalising is more stable than −∞ before it.",
        source: "teaching texts, after the code of See et al. 2017",
        basis: .measurement("both on rows whose padding has a score up to 400 above the real words’"),
        rule: "Both ways on 200 random rows of 5 real words and 3 of padding, for each lead of the padding’s score. Yes where the "
            + "masked way has an undefined weight and the renormalising "
            + "one has none; no where it is the other way round. All yes: holds; all no: does not hold; neither ever undefined: not "
            + "testable here. No chance is in it."
    ) { _ in maskJudgement(try [0, 50, 100, 200, 400].map(MaskCase.init)) }

    static func maskJudgement(_ cases: [MaskCase]) -> Judgement {
        let figures = cases.flatMap { one -> [ClaimFigure] in
            let answer: PartAnswer? = one.masked == one.renormalising ? nil : one.masked > 0 && one.renormalising == 0 ? .yes
                : one.masked == 0 ? .no : .open
            return [ClaimFigure("padding leads by \(text(one.lead)): rows undefined, renormalising", exactly: 100 * one.renormalising, "%",
                answer),
                    ClaimFigure("padding leads by \(text(one.lead)): rows undefined, −∞", exactly: 100 * one.masked, "%")]
        }
        return Judgement(figures) { verdict in
            let worst = cases.max { $0.renormalising < $1.renormalising }
            let calm = cases.first.map { "with nothing in the padding’s favour the two differ by at most "
                + "\(NumberText.text($0.difference, significant: 1))" } ?? ""
            return switch verdict {
            case .doesNotHold: "The other way round: where the padding’s score leads by \(text(worst?.lead)), renormalising divides 0 by "
                + "0 in \(text((worst?.renormalising ?? 0) * 100)) % of the rows, "
                + "and −∞ in none; \(calm). (Here −∞ is done by leaving the padding out of the softmax, which is the same number.)"
            case .holds: "It holds: −∞ has undefined weights where renormalising has none."
            case .notTestable: "Neither ever gave an undefined weight; \(calm)."
            case .mixed: "Each fails somewhere."
            }
        }
    }
}

/// Both ways to keep padding out, where the padding's score leads.
struct MaskCase {
    let lead: Double
    /// Shares of rows with a weight that is no number.
    let masked: Double, renormalising: Double
    /// The largest between weights that both have.
    let difference: Double

    init(lead: Double, masked: Double, renormalising: Double, difference: Double = 0) {
        (self.lead, self.masked, self.renormalising, self.difference) = (lead, masked, renormalising, difference)
    }

    init(lead: Double) throws {
        var random = RandomSource(seed: 1, purpose: "mask \(lead)")
        var undefined = (masked: 0, renormalising: 0), difference = 0.0
        let rows = 200
        for _ in 0..<rows {
            let scores = (0..<8).map { Scalar(random.normal() + ($0 < 5 ? 0 : lead)) }
            let row = try Tensor(scores, shape: [1, 8])
            let a = try row.maskedSoftmax(lengths: [5]).values, b = try row.renormalisingSoftmax(lengths: [5]).values
            if !a.allSatisfy(\.isFinite) { undefined.masked += 1 }
            if !b.allSatisfy(\.isFinite) { undefined.renormalising += 1 }
            for (x, y) in zip(a, b) where x.isFinite && y.isFinite { difference = max(difference, Double(abs(x - y))) }
        }
        self.init(lead: lead, masked: Double(undefined.masked) / Double(rows),
            renormalising: Double(undefined.renormalising) / Double(rows), difference: difference)
    }
}
