// The toy pictures: the caption is read off the cells anew, without the generator's things.

import TestSupport
import Testing

@testable import Corpora

/// What a person makes of the numbers: cells with an object, or with two.
private struct SeenThing {
    /// Which numbers are 1: a shape, a colour, a size.
    let kind: [Int]
    let isPair: Bool
    let cell: Int, row: Int, column: Int

    static func all(_ pair: SentencePair) throws -> [SeenThing] {
        let vectors = try #require(pair.extras?.vectors), columns = try #require(pair.extras?.grid).columns
        let things = vectors.enumerated().compactMap { cell, numbers -> SeenThing? in
            let ones = numbers.indices.filter { numbers[$0] > 0.5 }
            if ones.isEmpty { return nil }
            #expect(ones.prefix(3).count == 3 && ones.dropFirst(3).allSatisfy { $0 == 10 })
            return SeenThing(
                kind: Array(ones.prefix(3)), isPair: ones.count > 3, cell: cell, row: cell / columns,
                column: cell % columns)
        }
        return things.sorted { ($0.kind[2], $0.kind[1]) < ($1.kind[2], $1.kind[1]) }
    }

    var words: [String] {
        let names = ["circle", "square", "triangle", "star", "red", "yellow", "green", "blue", "large", "small"]
        return [isPair ? "two" : "a", names[kind[2]], names[kind[1]], names[kind[0]] + (isPair ? "s" : "")]
    }
}

@Suite("Toy pictures") struct CaptionTests {
    @Test("the caption and its gold follow from the cells") func caption() throws {
        var places: Set<String> = [], spoken: Set<Int> = []
        for pair in try sample(CaptionsLanguage(), test: 400) {
            let things = try SeenThing.all(pair)
            #expect(things.count >= 3 && things.map { $0.isPair ? 2 : 1 }.reduce(0, +) <= 6)
            #expect(Set(things.map { Array($0.kind[1...]) }).count == things.count, "no size with a colour twice")
            let said = things.prefix(things[2].kind[2] == 8 ? 3 : 2), first = things[0]
            var words = first.words, gold = Array(repeating: [first.cell], count: 4)
            for (index, other) in said.dropFirst().enumerated() {
                if index > 0 {
                    words.append("and")
                    gold.append([other.cell])
                }
                let down = other.row - first.row, right = other.column - first.column
                let place =
                    abs(down) >= abs(right)
                    ? [down > 0 ? "above" : "below"] : [right > 0 ? "left" : "right", "of"]
                words += place + other.words
                gold += Array(repeating: [first.cell, other.cell].sorted(), count: place.count)
                gold += Array(repeating: [other.cell], count: 4)
                places.insert(place[0])
            }
            spoken.insert(said.count)
            #expect(pair.target == words, pair.shown)
            #expect(pair.target.indices.map { pair.sure($0) } == gold, pair.shown)
        }
        #expect(places == ["above", "below", "left", "right"] && spoken == [2, 3], "every case must come")
    }

    @Test("a picture has 4 to 7 rows and columns, and positions are named row by row") func grids() throws {
        var sides: Set<Grid> = []
        let data = try CaptionsLanguage().dataset(
            seed: 1,
            options: ToyOptions(
                trainPairs: 100, devPairs: 1, testPairs: 100, longPairs: 40, lengths: 16...36, longLengths: 42...49))
        for pair in data.train + data.test + data.long {
            let grid = try #require(pair.extras?.grid)
            #expect((4...7).contains(grid.rows) && (4...7).contains(grid.columns))
            #expect(pair.source.count == grid.rows * grid.columns && pair.source[grid.columns] == "r2c1")
            #expect(pair.extras?.fault(words: pair.source.count) == nil)
            sides.insert(grid)
        }
        #expect(sides.count > 12 && data.long.allSatisfy { $0.source.count > 36 })
    }

    @Test("content words are those that say what an object is") func content() throws {
        for pair in try sample(CaptionsLanguage(), test: 50) {
            for (word, isContent) in zip(pair.target, pair.isContent) {
                let others = ["a", "above", "below", "left", "right", "of", "and"]
                #expect(isContent == !others.contains(word), pair.shown)
            }
        }
    }

    @Test("the same seed gives the same pictures, and none comes twice") func seeds() throws {
        let once = try sample(CaptionsLanguage(), seed: 3, test: 60)
        #expect(try once == sample(CaptionsLanguage(), seed: 3, test: 60))
        #expect(try once != sample(CaptionsLanguage(), seed: 4, test: 60))
        #expect(Set(once.map { $0.extras }).count == once.count)
    }

    @Test("cells are named as the caption speaks of them") func things() throws {
        for pair in try sample(CaptionsLanguage(), test: 50) {
            let named = CaptionsLanguage.things(in: try #require(pair.extras?.vectors))
            for t in pair.target.indices where pair.phenomena[t] == "shape" {
                let said = pair.target[t - 3...t].filter { $0 != "a" }
                #expect(pair.sure(t).map { named[$0] } == [Words.join(Array(said))], pair.shown)
            }
            #expect(named.count { !$0.isEmpty } == (try SeenThing.all(pair)).count)
        }
    }
}
