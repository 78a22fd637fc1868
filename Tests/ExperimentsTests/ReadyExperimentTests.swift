// Ready experiments are published: what they train changes only where somebody changes it on purpose.

import AttentionScorers
import TestSupport
import Testing

@testable import Experiments

@Suite("Ready experiments") struct ReadyExperimentTests {
    private static let published: [String: (conditions: [String], scorers: [String])] = [
        "budget": (
            ["1200 steps", "3600 steps"], ["bahdanau", "luong-dot", "scaled-dot", "location-sensitive", "none"]
        ),
        "length": (
            ["up to 10 words", "up to 20 words", "up to 30 words"], ["bahdanau", "location-sensitive", "none"]
        ),
        "timing": (["after", "before"], ["bahdanau", "luong-dot", "luong-general"]),
        "feeding": (["context", "attentional", "none"], ["bahdanau", "luong-dot", "luong-general"]),
        "encoder": (["bidirectional", "forward"], ["bahdanau", "luong-dot", "location-sensitive", "none"]),
        "data-size": (
            [
                "500 pairs", "1000 pairs", "2000 pairs", "4000 pairs", "8000 pairs", "300 steps", "600 steps",
                "1200 steps",
                "2400 steps",
            ], ["bahdanau", "luong-dot", "none"]
        ),
        "seeds": ([], ["luong-dot"]),
        "masking": (["masked", "renormalising"], ["bahdanau", "luong-dot", "scaled-dot"]),
        "copying": (["without pointer", "with pointer"], ["bahdanau", "luong-dot", "luong-general"]),
        "normalisers": (["softmax", "sparsemax", "entmax-1.5"], ["bahdanau", "luong-dot", "scaled-dot"]),
        "local": ([], ["luong-general", "local-m", "local-p"]),
        "monotonic": ([], ["bahdanau", "monotonic", "mocha", "stepwise", "forward"]),
        "hard": (["soft", "exact", "sampled", "straight-through"], ["bahdanau", "luong-dot"]),
        "body": (
            ["recurrent", "transformer"], ["bahdanau", "luong-dot", "scaled-dot", "multi-head-scaled-dot", "none"]
        ),
        "depth": (
            [
                "recurrent, 1 layer", "recurrent, 2 layers", "recurrent, 4 layers", "transformer, 1 layer",
                "transformer, 2 layers", "transformer, 4 layers",
            ], ["luong-dot", "multi-head-scaled-dot"]
        ),
        "captions": (["mean of cells", "exact cell", "sampled cell"], ["bahdanau", "luong-dot"]),
        "speech": (
            [],
            ["bahdanau", "luong-dot", "location-sensitive", "monotonic", "gmm", "forward", "stepwise", "none"]
        ),
        "heads": (["1 head", "2 heads", "4 heads", "8 heads"], ["multi-head-scaled-dot", "multi-head-bahdanau"]),
        "hierarchy": (
            ["flat", "two levels"], ["bahdanau", "luong-general", "scaled-dot", "uniform", "none"]
        ),
        "reading": (["generator", "pointer", "attention-sum"], ["bahdanau", "luong-general"]),
        "terms": (
            ["cross-entropy", "coverage loss", "supervised", "doubly stochastic"],
            ["bahdanau", "coverage", "luong-dot"]
        ),
    ]

    @Test("each has the conditions and scorers that it was published with") func conditions() throws {
        let all = BuiltInExperiment.all(scorers: ["a", "b"])
        for one in all where one.name != "default" {
            guard let experiment = one.experiment else { continue }
            let known = try #require(Self.published[one.name], "\(one.name) is new: say here what it has")
            #expect(
                experiment.conditions.map(\.name) == known.conditions && experiment.scorers == known.scorers,
                "\(one.name)")
        }
        #expect(Self.published.keys.allSatisfy { name in all.contains { $0.name == name } })
        #expect(all.first?.experiment?.scorers == ["a", "b"])
    }

    @Test("none takes all cases of an option: one that comes later would change it") func listed() throws {
        for file in ["BuiltInExperiment", "FamilyExperiments", "HierarchyExperiment", "VectorExperiments"] {
            #expect(try !SourceFile.text("Experiments/Description/\(file).swift").contains("allCases"))
        }
    }

    /// A name in quotes would stay what it was when a card is renamed, and the claim would find no rows.
    @Test("experiments and claims name scorers by their cards") func cards() throws {
        let names = Catalog.scorers.map { $0.card.name }
        for file in try SourceFile.names(in: "Claims") + SourceFile.names(in: "Experiments/Description") {
            for line in try SourceFile.text(file).split(separator: "\n") {
                // A claim has a name of its own, on a line with its text.
                let isClaim = line.wholeMatch(of: /\s+"[a-z]+", "[A-Z].*/) != nil
                // So have experiments.
                let text = line.replacing(/(experiment|rows|comparison)\("[a-z]+"/, with: "")
                let named = names.filter { text.contains("\"\($0)\"") }
                #expect(isClaim || named.isEmpty, "\(file) has \(named) in quotes: \(line)")
            }
        }
    }
}
