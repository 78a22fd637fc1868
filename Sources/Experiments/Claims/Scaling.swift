import AttentionScorers
import Evaluation
import Reports

extension Claim {
    static let scaling = Claim(
        "scaling", "Dividing by √D prevents saturation of the softmax.",
        source: "Vaswani et al. 2017, §3.2.1 and footnote 4",
        basis: .measurement("entropy and gradient of the softmax over random states, D from 4 to 1024, ten draws"),
        rule:
            "Gradient of the softmax (norm of its Jacobian) and its entropy at D = 1024 over those at D = 4. Without the scale: yes "
            + "(it saturates) where the gradient keeps "
            + "less than a half, the whole interval over ten draws. With it: yes (prevented) where it keeps more than 0.9, and the "
            + "entropy too."
    ) { _ in
        let studies = try (1...10).map { try ScaleStudy(widths: [4, 1024], draws: 100, seed: UInt64($0)) }
        return scalingJudgement(studies)
    }

    static func scalingJudgement(_ studies: [ScaleStudy]) -> Judgement {
        func kept(_ scorer: String, _ figure: (ScaleStudy.Line) -> Double) -> HalvedInterval {
            HalvedInterval(
                studies.compactMap { study in
                    let lines = study.lines.filter { $0.scorer == scorer }.sorted { $0.width < $1.width }
                    return lines.first.flatMap { first in lines.last.map { figure($0) / figure(first) } }
                })
        }
        let dot = LuongDotScorer.card.name, scaledDot = ScaledDotScorer.card.name
        let plain = kept(dot, \.gradient), scaled = kept(scaledDot, \.gradient), entropy = kept(scaledDot, \.entropy)
        let figures = [
            ClaimFigure("without the scale: share of the gradient that is left", plain, "", .below(0.5)),
            ClaimFigure("with it: share of the gradient that is left", scaled, "", .above(0.9, margin: 0)),
            ClaimFigure("with it: share of the entropy that is left", entropy, "", .above(0.9, margin: 0)),
            ClaimFigure("without the scale: share of the entropy that is left", kept(dot, \.entropy), ""),
        ]
        return Judgement(figures) { verdict in
            let numbers =
                "from D = 4 to 1024 the softmax keeps \(text(plain.mean, 2)) of its gradient without the scale and "
                + "\(text(scaled.mean, 2)) with it"
            return switch verdict {
            case .holds:
                "It holds for random states: \(numbers). What training makes of unscaled scores is another question; `attention "
                    + "compare` has both scorers."
            default: "Not fully: \(numbers)."
            }
        }
    }
}
