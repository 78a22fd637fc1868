// How the counts of single sentences stand in a results file. A few hundred sentences for each trained model would
// otherwise be most of the file.

/// Counts of sentences as one flat list of numbers, those of a sentence in the order of their fields.
///
/// For counts of whole numbers only; whichever have others are refused when they are written.
struct CompactCounts<Sentence: Counts>: Codable {
    private(set) var sentences: [Sentence] = []

    init(_ sentences: [Sentence]) { self.sentences = sentences }

    init(from decoder: any Decoder) throws {
        let numbers = try decoder.singleValueContainer().decode([Int].self), schema = decoder.countsSchema
        let fields = Sentence.fields.filter { $0.since <= schema }.compactMap { field in
            field.numbers.flatMap { numbers in numbers.set.map { (count: numbers.count ?? 0, set: $0) } }
        }
        let width = max(1, fields.reduce(0) { $0 + $1.count })
        guard numbers.count.isMultiple(of: width) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "there should be \(width) numbers a sentence, but \(numbers.count) is no multiple of that"))
        }
        sentences.reserveCapacity(numbers.count / width)
        for start in stride(from: 0, to: numbers.count, by: width) {
            var sentence = Sentence(), place = start
            for field in fields {
                field.set(&sentence, numbers[place..<place + field.count])
                place += field.count
            }
            if let fault = sentence.impossible {
                throw DecodingError.impossible("in sentence \(sentences.count + 1) \(fault)", at: decoder.codingPath)
            }
            sentences.append(sentence)
        }
    }

    func encode(to encoder: any Encoder) throws {
        if let field = Sentence.fields.first(where: { $0.numbers?.set == nil }) {
            throw EncodingError.invalidValue(
                sentences,
                .init(
                    codingPath: encoder.codingPath,
                    debugDescription:
                        "“\(field.key)” is no fixed number of whole numbers, as the counts of single sentences must be")
            )
        }
        var container = encoder.singleValueContainer()
        try container.encode(sentences.flatMap(\.numbers))
    }
}

extension Counts {
    /// The whole numbers among them, in the order of the fields.
    var numbers: [Int] {
        var numbers: [Int] = []
        for field in Self.fields {
            switch field.numbers?.amount(self) {
            case .whole(let number): numbers.append(number)
            case .list(let more): numbers += more
            case .sum, nil: break
            }
        }
        return numbers
    }
}
