// How links are read from probabilities: the options of `attention align`.

import AttentionLab
import Terminal

enum LinkOptions {
    static let all = [
        Option(
            "--symmetrise", "RULE",
            "mean or product of both directions' probabilities above --threshold; forward (each target word's most probable source word) or "
                + "reverse (each source word's target word); both of these combined: intersection, union, grow-diag, grow-diag-final or grow-diag-final-and.",
            standard: "mean; forward with one model"),
        Option(
            "--grow", "WORDS",
            "Where grow-diag adds a neighbour: either (one of its words is without link, as the programs do) or both (neither has one, as the Moses manual says).",
            standard: "either"),
        Option(
            "--threshold", "X",
            "Probability that a link must be above; with the other rules every link that reaches it, in place of one a word.",
            standard: "0.5 for mean, 0.25 for product"),
        Option("--every-word", "A link for every word, also where no word at all is more probable than the best."),
    ]

    static func reading(_ arguments: Arguments, hasBothWays: Bool) throws -> LinkReading {
        let rule = try arguments.choice("--symmetrise", LinkReading.Rule.self) ?? (hasBothWays ? .mean : .forward)
        guard hasBothWays || rule == .forward else {
            throw UsageError(
                "--symmetrise \(rule.rawValue) needs both directions; give a model from target to source with --reverse-model, or take forward"
            )
        }
        let grows = [.growDiag, .growDiagFinal, .growDiagFinalAnd].contains(rule)
        guard grows || !arguments.has("--grow") else {
            throw UsageError("--grow says nothing to --symmetrise \(rule.rawValue); leave it out, or take a grow-diag")
        }
        let threshold = try arguments.number("--threshold", above: 0, orEqual: true)
        if let threshold, threshold > 1 {
            throw UsageError(
                "--threshold is “\(arguments.text("--threshold") ?? "")”; it must be a probability, 0 to 1")
        }
        let isArgmax = threshold == nil && rule != .mean && rule != .product
        guard isArgmax || !arguments.has("--every-word") else {
            throw UsageError(
                "--every-word is for rules that give each word one link; leave it out, or take forward, reverse or a rule that combines them, without --threshold"
            )
        }
        return LinkReading(
            rule, grow: try arguments.choice("--grow", Symmetrisation.GrowRule.self) ?? .either, threshold: threshold,
            linksEveryWord: arguments.has("--every-word"))
    }
}
