// The words of a command line, mutated: read or refused with a sentence.

import AttentionLab
import Foundation
import Randomness
import Terminal
import TestSupport
import Testing

@testable import attention

@Suite("Mutants of command lines") struct ArgumentMutantTests {
    @Test("options of compare, train and data are read or refused") func options() throws {
        var mutator = Mutator(seed: 6), random = RandomSource(seed: 6, purpose: "words"), read = 0
        let options = Compare.allOptions + DataOptions.ownText
        let values = [
            "3", "copy,reverse", "bahdanau,luong-dot", "5-20", "1/16", "0.01", "negation=0.5", "lstm", "before", "test",
            "terminal", "timing",
        ]
        let count = Mutator.count(2000)
        for _ in 0..<count {
            var words: [String] = []
            for _ in 0..<random.below(5) {
                let option = random.pick(options)
                words.append(option.name)
                if option.value != nil { words.append(random.pick(values)) }
            }
            let line = Array(words.joined(separator: "\n").utf8)
            let bytes = random.below(4) == 0 ? line : mutator.mutant(of: line, with: line)
            let mutant = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
            do {
                let arguments = try Arguments(
                    mutant.filter { !$0.hasPrefix("--experiment") && !$0.hasPrefix("--output") }, options,
                    allowsOperands: true, of: "compare")
                _ = try CompareStatistics(arguments)
                _ = try arguments.text("--shard").map(Shard.init)
                let experiment = try ExperimentOptions.experiment(from: nil, arguments)
                if experiment.seeds < 50 { #expect(experiment.estimatedSeconds > 0) }
                read += 1
            } catch is InputError {} catch is UsageError {}
        }
        #expect(read > count / 100 && read < count)
    }
}
