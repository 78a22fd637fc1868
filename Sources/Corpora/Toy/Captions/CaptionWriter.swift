// Writes the caption of a toy picture, and which cells each word comes from.

struct CaptionWriter {
    private let columns: Int
    private var words: [String] = [], phenomena: [String] = [], isContent: [Bool] = []
    private var sure: Set<Link> = []

    init(_ picture: Picture) {
        columns = picture.grid.columns
        guard let first = picture.spokenOf.first else { return }
        write(first)
        for (place, other) in picture.spokenOf.dropFirst().enumerated() {
            if place > 0 { write("and", from: [other], "and") }
            for word in first.place(of: other) { write(word, from: [first, other], "relation") }
            write(other)
        }
    }

    private mutating func write(_ thing: Thing) {
        write(thing.isPair ? "two" : "a", from: [thing], "number", isContent: thing.isPair)
        write(Thing.sizes[thing.size], from: [thing], "size", isContent: true)
        write(Thing.colours[thing.colour], from: [thing], "colour", isContent: true)
        write(thing.noun, from: [thing], "shape", isContent: true)
    }

    private mutating func write(
        _ word: String, from things: [Thing], _ phenomenon: String, isContent content: Bool = false
    ) {
        for thing in things { sure.insert(Link(thing.row * columns + thing.column, words.count)) }
        words.append(word)
        phenomena.append(phenomenon)
        isContent.append(content)
    }

    /// - Parameter vectors: the numbers of each cell.
    func pair(_ grid: Grid, _ vectors: [[Float]]) -> SentencePair {
        let names = (0..<grid.rows * grid.columns).map { "r\($0 / grid.columns + 1)c\($0 % grid.columns + 1)" }
        return SentencePair(
            source: names, target: words, gold: GoldAlignment(sure: sure), phenomena: phenomena, isContent: isContent,
            extras: SourceExtras(vectors: vectors, grid: grid))
    }
}
