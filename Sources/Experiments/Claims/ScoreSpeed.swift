import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let scoreSpeed = Claim(
        "speed", "Luong's scores are faster than the additive one.",
        source:
            "Vaswani et al. 2017, §3.2.1: dot-product attention “is much faster and more space-efficient in practice”; teaching texts say it of "
            + "all of Luong’s scores",
        basis: .measurement("one attention step of each scorer, timed in turns in this process"),
        rule:
            "Time of a step of `bahdanau` over that of luong-dot, luong-general and luong-concat, at 16 and 64 source words, in "
            + "rounds that take turns: "
            + "yes where the interval over rounds is all above 1, no where all of it is below 1.1, otherwise open."
    ) { evidence in
        speedJudgement(
            try [16, 64].flatMap { source in
                try [LuongDotScorer.card.name, LuongGeneralScorer.card.name, LuongConcatScorer.card.name].map {
                    scorer in
                    let additive = try evidence.type(BahdanauScorer.card.name)
                    return (
                        scorer, source,
                        try ScoringRatio.measure(additive, over: evidence.type(scorer), source: source, evidence.speed)
                    )
                }
            })
    }

    static func speedJudgement(_ cases: [(scorer: String, words: Int, ratio: HalvedInterval)]) -> Judgement {
        let figures = cases.map { one in
            ClaimFigure(
                "\(one.scorer), \(one.words) words: bahdanau takes so many times as long", one.ratio, "×",
                .above(1, margin: 0.1))
        }
        return Judgement(figures) { verdict in
            let list = figures.map { "\($0.name.prefix { $0 != ":" }) \(text($0.value, 1))×" }.joined(separator: "; ")
            return switch verdict {
            case .holds: "It holds on this machine: bahdanau takes, of the time of \(list)."
            case .doesNotHold: "Not on this machine: \(list)."
            case .mixed:
                "Not of all three: \(list). What is slow is the tanh of every pair of words, and luong-concat, which is Luong's "
                    + "too, has it."
            case .notTestable: "The times vary too much to tell; try when the machine is idle: \(list)."
            }
        }
    }
}
