// Every tokeniser against what sacreBLEU says about the same lines.
// Generator: Goldens/make_tokenizer_goldens.py (its header has the version and the seed).

import Foundation
import Testing

@testable import Evaluation

private struct TokenizerGoldens: Decodable {
    struct Case: Decodable {
        let tokenizer: BLEUTokenizer, lowercase: Bool
        let hypotheses: [String], references: [[String]]
        let tokens: [String]
        let score: Double
        /// Lengths, then correct and all n-grams.
        let counts: [Int]
        let signature: String
        let sentences: [Double]
    }
    let cases: [Case]

    static func load() throws -> TokenizerGoldens {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Goldens/tokenizers.json")
        return try JSONDecoder().decode(TokenizerGoldens.self, from: Data(contentsOf: file))
    }
}

@Suite("Tokenisers of BLEU") struct TokenizerTests {
    @Test("tokens, corpus and sentence scores are sacreBLEU's", arguments: BLEUTokenizer.allCases)
    func goldens(_ tokenizer: BLEUTokenizer) throws {
        let cases = try TokenizerGoldens.load().cases.filter { $0.tokenizer == tokenizer }
        #expect(cases.count > 100)
        for golden in cases {
            let line = golden.hypotheses[0]
            // By bytes, because == would forgive accents.
            #expect(
                tokenizer.tokens(line).map { Array($0.utf8) } == golden.tokens.map { Array($0.utf8) },
                "\(line.debugDescription)")
            var options = BLEUOptions(lowercase: golden.lowercase, tokenizer: tokenizer)
            let score = try BLEU.corpus(
                hypotheses: golden.hypotheses, references: golden.references, options: options)
            #expect(near(score.score, golden.score, 1e-9 * max(1, golden.score)), "\(golden.hypotheses)")
            #expect(
                [score.hypothesisLength, score.referenceLength] + score.correct + score.total == golden.counts,
                "\(golden.hypotheses)")
            #expect(score.signature == golden.signature)
            options.effectiveOrder = true
            for (place, expected) in golden.sentences.enumerated() {
                let references = golden.references.map { $0[place] }
                let sentence = BLEU.sentence(golden.hypotheses[place], references: references, options: options)
                #expect(near(sentence.score, expected, 1e-9 * max(1, expected)))
            }
        }
    }
}
