// The encoder of pictures: each cell by itself, its place in two dimensions, and gradients against finite differences.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Cells of a picture") struct CellEncoderTests {
    /// A picture whose numbers follow from its cells.
    private static func picture(_ rows: Int, _ columns: Int, from first: Float) -> SentencePair {
        let vectors = (0..<rows * columns).map { i in (0..<3).map { first + Float((i * 3 + $0) % 7) * 0.25 - 0.5 } }
        return SentencePair(
            source: vectors.map { _ in "·" }, target: ["a", "b"],
            extras: SourceExtras(vectors: vectors, grid: Grid(rows: rows, columns: columns)))
    }

    private let pairs = [picture(2, 3, from: 0), picture(3, 4, from: 0.3), picture(4, 1, from: -0.2)]

    private func translator(_ scorer: String = "bahdanau") throws -> Translator {
        var settings = tinySettings(scorer)
        (settings.encoder, settings.vectorWidth) = (.cells, 3)
        return try tinyTranslator(settings, words: pairs)
    }

    private func states(_ translator: Translator, _ pairs: [SentencePair]) throws -> [Scalar] {
        try translator.model.encode(SourceSentences(Batch(translator.encoded(pairs)))).memory.states.values
    }

    @Test("gradients are those of finite differences, of pictures of several sizes side by side")
    func gradients() throws {
        let translator = try translator(), batch = try Batch(translator.encoded(pairs))
        try checkGradients(of: translator.model.parameters, most: 4) { try translator.model.loss(batch) }
    }

    @Test("a picture's states do not depend on its company, and no cell on its neighbours") func alone() throws {
        let translator = try translator(), D = translator.model.settings.state
        let together = try states(translator, pairs), one = try states(translator, [pairs[0]])
        for (a, b) in zip(together.prefix(one.count), one) { #expect(abs(a - b) < 1e-5) }
        var other = pairs[0]
        other.extras?.vectors?[4] = [1, -1, 2]
        let changed = try states(translator, [other])
        for cell in 0..<6 {
            let range = cell * D..<(cell + 1) * D
            #expect((Array(changed[range]) == Array(one[range])) == (cell != 4))
        }
    }

    @Test("the place is the row and the column: another shape of the same cells is another picture") func places()
        throws
    {
        let translator = try translator(), D = translator.model.settings.state
        var same = pairs[0]
        same.extras?.vectors = (0..<6).map { _ in [0.5, -0.5, 1] }
        let wide = try states(translator, [same])
        func cell(_ states: [Scalar], _ i: Int) -> [Scalar] { Array(states[i * D..<(i + 1) * D]) }
        #expect(Set((0..<6).map { cell(wide, $0) }).count == 6, "no two places are alike")
        same.extras?.grid = Grid(rows: 3, columns: 2)
        let high = try states(translator, [same])
        // Row 1, column 0 is cell 3 of three columns and cell 2 of two.
        for (a, b) in zip(cell(wide, 3), cell(high, 2)) { #expect(abs(a - b) < 1e-6) }
        #expect(zip(cell(wide, 3), cell(high, 3)).contains { abs($0 - $1) > 1e-3 })
        // Exchanged, row 0, column 1 would be row 1, column 0.
        #expect(zip(cell(wide, 1), cell(wide, 3)).contains { abs($0 - $1) > 1e-3 })
    }

    @Test("without a grid all positions are in one row, and words are read as well") func words() throws {
        let data = try tinyData()
        var settings = tinySettings()
        settings.encoder = .cells
        let model = try tinyTranslator(settings, words: data.train)
        let before = try model.loss(model.encoded(data.dev))
        try Trainer(model, tinyTraining(steps: 30), train: data.train, dev: data.dev).run()
        #expect(try model.loss(model.encoded(data.dev)) < before)
    }

    @Test("filters are as wide as the settings say, and an even width is refused") func filters() throws {
        var settings = tinySettings("location-sensitive")
        #expect(settings.scorerSizes.filterWidth == ScorerSizes.filterWidth)
        settings.filterWidth = 9
        #expect(settings.scorerSizes.filterWidth == 9 && settings.fault == nil)
        settings.filterWidth = 8
        #expect(settings.fault?.contains("must be odd") == true)
    }
}
