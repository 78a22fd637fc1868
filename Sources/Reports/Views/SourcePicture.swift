// Where a model looks in a source that is more than a sentence: a document whose words are shaded, a picture once a word,
// frames over their matrix. In the terminal and as SVG; a source that is a sentence and nothing else is a `Heatmap`.

public import Corpora

/// One pair with the weights of its target words, or with its gold alone.
public struct SourcePicture: Sendable {
    let source: [String], target: [String], extras: SourceExtras
    /// What lies at each position, for people; nil where it is words or numbers.
    let things: [String]?
    /// [target words, source positions], 0 to 1; nil where only gold is shown.
    let weights: [[Double]]?
    /// Of each target word the places of its sure links.
    let gold: [Set<Int>]

    /// - Parameters:
    ///   - pair: with the target that the weights belong to, and its gold where that is known.
    ///   - weights: a row for each target word.
    public init(_ pair: SentencePair, weights: [[Double]]?, things: [String]? = nil) {
        let heatmap = weights.map { Heatmap(source: pair.source, target: pair.target, weights: $0) }
        (source, target, extras) = (pair.source, pair.target, pair.extras ?? SourceExtras())
        (self.things, self.weights) = (things, heatmap?.weights)
        gold = pair.target.indices.map { place in
            Set((pair.gold?.sure ?? []).filter { $0.target == place }.map(\.source))
        }
    }

    /// Nothing but the gold.
    public init(gold pair: SentencePair, things: [String]? = nil) { self.init(pair, weights: nil, things: things) }

    /// - Parameter width: characters of a line; nil for 100.
    public func text(_ colours: TerminalColours, width: Int? = nil) -> String {
        let width = max(20, width ?? 100)
        if let grid = extras.grid { return GridView(self, grid).text(colours, width: width) }
        if let vectors = extras.vectors { return FramesView(self, vectors).text(colours, width: width) }
        return DocumentView(self).text(colours, width: width)
    }

    public func svg(title: String) -> String {
        if let grid = extras.grid { return GridView(self, grid).svg(title: title) }
        if let vectors = extras.vectors { return FramesView(self, vectors).svg(title: title) }
        return DocumentView(self).svg(title: title)
    }

    /// Trailing spaces would be cut by editors and then differ from what was printed.
    static func text(of lines: [String]) -> String {
        lines.map { line in
            var line = Substring(line)
            while line.last == " " { line = line.dropLast() }
            return line + "\n"
        }.joined()
    }

    func weight(_ word: Int, _ place: Int) -> Double { weights?[word][place] ?? 0 }

    /// The target words, each with what its gold links lead to.
    func goldTable(_ named: (Int) -> String) -> String {
        var table = Table([Table.Column("", .left), Table.Column("", .left)])
        for (word, places) in zip(target, gold) {
            table.add(["  " + word, places.sorted().map(named).joined(separator: "; ")])
        }
        return table.body
    }
}

extension TerminalColours {
    /// A word on the ground of its weight, 0 to 1; without colours a character of that darkness behind it. Gold stands
    /// in brackets.
    func word(_ text: String, _ weight: Double, isGold: Bool) -> String {
        let text = isGold ? "[\(text)]" : text
        switch self {
        case .none: return weight < 0.2 ? text : text + cell(weight, isMarked: false).prefix(1)
        case .palette, .full:
            guard weight > 0.02 else { return text }
            return cell(weight, isMarked: false).replacing("  ", with: text)
        }
    }

    /// One character of a darkness; marked ones are told from those that are dark.
    func dot(_ weight: Double, isMarked: Bool) -> String {
        let cell = cell(weight, isMarked: false)
        switch self {
        case .none: return isMarked && weight < 0.4 ? "·" : String(cell.prefix(1))
        case .palette, .full: return cell.replacing("  ", with: isMarked ? "·" : " ")
        }
    }
}
