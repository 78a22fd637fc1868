// Writes one document of `DocumentsTask`: its grammar stands there.

import Randomness

struct DocumentWriter {
    let words: DocumentWords
    let options: ToyOptions

    /// Sentences that stay together.
    struct Block {
        var sentences: [[String]] = []
        /// Words that say what is thought, counted from the first of the block.
        var evidence: [Int] = []
        var kind = ""

        var length: Int { sentences.joined().count }
    }

    /// What is said of a place, and which of its words say it.
    private struct Saying {
        var words: [String]
        var isNegated: Bool { words.count > 1 }
    }

    func document(length: Int, _ random: inout RandomSource) -> SentencePair {
        let isGood = random.chance(0.5), count = random.chance(options.rate("second opinion")) ? 2 : 1
        var blocks = (0..<count).map { _ in opinion(of: DocumentsTask.asked, isGood, &random) }
        // A sentence has five words or so at least: more of them than that would be no document of this length.
        let mostSentences = max(3, length / 5)
        while true {
            let block = distractor(beside: isGood, &random)
            let sentences = blocks.reduce(0) { $0 + $1.sentences.count }
            let isFull =
                blocks.reduce(block.length) { $0 + $1.length } > length
                || sentences + block.sentences.count > mostSentences
            if sentences >= 3, isFull { break }
            blocks.append(block)
        }
        return pair(isGood: isGood, blocks, count, &random)
    }

    /// - Parameter count: how many blocks, the first ones, decide.
    private func pair(
        isGood: Bool, _ blocks: [Block], _ count: Int, _ random: inout RandomSource
    ) -> SentencePair {
        var order = Array(blocks.indices)
        random.shuffle(&order)
        var source: [String] = [], evidence: [Int] = []
        for index in order {
            if index < count { evidence += blocks[index].evidence.map { $0 + source.count } }
            source += blocks[index].sentences.joined()
        }
        let sentences = order.flatMap { blocks[$0].sentences.map(\.count) }
        return SentencePair(
            source: source, target: [DocumentsTask.labels[isGood ? 1 : 0]],
            gold: GoldAlignment(sure: Set(evidence.map { Link($0, 0) })),
            phenomena: [order.first { $0 < count }.map { blocks[$0].kind } ?? ""], isContent: [true],
            extras: SourceExtras(sentences: sentences))
    }

    // MARK: blocks

    /// Something that decides nothing: an opinion of another place, or a fact.
    private func distractor(beside isGood: Bool, _ random: inout RandomSource) -> Block {
        if random.chance(options.rate("other opinion")) {
            let says = random.chance(options.rate("opposite")) ? !isGood : isGood
            return opinion(of: random.pick(words.places), says, &random)
        }
        let place = random.chance(0.4) ? DocumentsTask.asked : random.pick(words.places)
        switch random.below(4) {
        case 0, 1: return Block(sentences: [seen(place, &random)], kind: "fact")
        case 2: return Block(sentences: [["the", place] + neutral(&random)], kind: "fact")
        default: return Block(sentences: [seen(place, &random), ["it"] + neutral(&random)], kind: "fact")
        }
    }

    private func opinion(of place: String, _ isGood: Bool, _ random: inout RandomSource) -> Block {
        if random.chance(options.rate("pronoun")) {
            let said = saying(isGood, &random), first = seen(place, &random)
            return block([first, ["it", be(&random)] + said.words + ["."]], said, at: first.count + 2, "pronoun")
        }
        let start = ["the", place, be(&random)], said = saying(isGood, &random)
        guard random.chance(options.rate("contrast")) else {
            return block([start + said.words + ["."]], said, at: 3, said.isNegated ? "negation" : "plain")
        }
        let opposite = saying(!isGood, &random)
        if random.chance(0.5) {
            let before = start + opposite.words
            let sentence = before + ["but"] + said.words + ["."]
            return block([sentence], Saying(words: ["but"] + said.words), at: before.count, "but")
        }
        let another = ["the", random.pick(words.places.filter { $0 != place }), be(&random)] + opposite.words
        if random.chance(0.5) {
            return block([start + said.words + ["but"] + another + ["."]], said, at: 3, "other")
        }
        let sentence = another + ["but"] + start + said.words + ["."]
        return block([sentence], said, at: another.count + 1 + start.count, "other")
    }

    /// - Parameter place: the first word of what is said.
    private func block(_ sentences: [[String]], _ said: Saying, at place: Int, _ kind: String) -> Block {
        Block(sentences: sentences, evidence: Array(place..<place + said.words.count), kind: kind)
    }

    // MARK: sentences and their parts

    private func seen(_ place: String, _ random: inout RandomSource) -> [String] {
        let isAsked = place == DocumentsTask.asked
        let adjectives = DocumentWords.neutral + (isAsked ? [] : DocumentWords.good + DocumentWords.bad)
        let adjective = random.chance(0.5) ? [random.pick(adjectives)] : []
        return ["the", random.pick(words.people), random.pick(words.verbs), "the"] + adjective + [place, "."]
    }

    private func neutral(_ random: inout RandomSource) -> [String] {
        let isNegated = random.chance(options.rate("negation"))
        return [be(&random)] + (isNegated ? ["not"] : []) + [random.pick(DocumentWords.neutral), "."]
    }

    private func saying(_ isGood: Bool, _ random: inout RandomSource) -> Saying {
        let isNegated = random.chance(options.rate("negation"))
        return Saying(
            words: (isNegated ? ["not"] : []) + [
                random.pick(DocumentWords.adjectives(saying: isNegated ? !isGood : isGood))
            ])
    }

    private func be(_ random: inout RandomSource) -> String { random.chance(0.5) ? "is" : "was" }
}
