// Where the probabilities of links come from: an aligner that has learnt, or the weights of one or two translators.

import AttentionLab
import Terminal

/// What is known of the links of a pair, or why nothing is.
struct LinkedPair {
    var posteriors: TwoWayPosteriors?
    var problem: String?
}

/// Says where the words of pairs come from.
protocol LinkSource {
    /// Which reading its weights are.
    var reading: AlignmentReading { get }
    /// nil where there is one for both directions.
    var missing: String? { get }

    /// - Throws: what is not the fault of a pair.
    func links(of pairs: [SentencePair]) throws -> [LinkedPair]
}

/// An aligner of the list.
struct LearntLinks: LinkSource {
    let aligner: any WordAligner
    var reading: AlignmentReading { .posterior }
    var missing: String? { nil }

    func links(of pairs: [SentencePair]) -> [LinkedPair] {
        pairs.map { LinkedPair(posteriors: aligner.posteriors(of: $0)) }
    }
}

/// A translator that reads the translation of each pair, and another one for the other direction.
struct ForcedLinks: LinkSource {
    private let forward: Translator, backward: Translator?

    /// - Throws: `InputError` for a model that looks nowhere.
    init(model: String, reverse: String?) throws {
        func load(_ path: String) throws -> Translator {
            let translator = try TrainedModel.load(path), card = translator.model.scorerCard
            guard card.hasAlignment else {
                throw InputError(
                    "this model's scorer \(card.name) looks nowhere, so there are no links to read from it; take one with another scorer",
                    file: path)
            }
            return translator
        }
        (forward, backward) = (try load(model), try reverse.map(load))
    }

    var reading: AlignmentReading { forward.model.settings.use.alignment }
    var missing: String? { backward == nil ? "--reverse-model" : nil }

    func links(of pairs: [SentencePair]) throws -> [LinkedPair] {
        let ahead = try Self.read(pairs, forward)
        guard let backward else {
            return ahead.map { one in
                LinkedPair(
                    posteriors: one.matrix.map { TwoWayPosteriors(forward: $0, backward: Self.unknown) },
                    problem: one.problem)
            }
        }
        let turned = pairs.map { SentencePair(source: $0.target, target: $0.source) }
        return zip(ahead, try Self.read(turned, backward)).map { one, other in
            guard let forward = one.matrix, let backward = other.matrix else {
                return LinkedPair(problem: one.problem ?? other.problem)
            }
            return LinkedPair(posteriors: TwoWayPosteriors(forward: forward, backward: backward))
        }
    }

    private static let unknown = AttentionMatrix(rows: [], sourceCount: 0)

    private typealias Read = (matrix: AttentionMatrix?, problem: String?)

    /// Pairs of like lengths side by side; a pair that the model cannot read costs itself.
    private static func read(_ pairs: [SentencePair], _ translator: Translator) throws -> [Read] {
        var found = [Read](repeating: (nil, nil), count: pairs.count)
        for group in groups(pairs) {
            do {
                for (index, matrix) in zip(group, try matrices(group.map { pairs[$0] }, translator)) {
                    found[index] = (matrix, nil)
                }
            } catch is ShapeError {
                for index in group { found[index] = try one(pairs[index], translator) }
            }
        }
        return found
    }

    private static func one(_ pair: SentencePair, _ translator: Translator) throws -> Read {
        do { return (try matrices([pair], translator).first, nil) } catch let error as ShapeError {
            return (nil, TrainedModel.fault(error, of: translator, words: pair.source.count).message)
        }
    }

    private static func matrices(_ pairs: [SentencePair], _ translator: Translator) throws -> [AttentionMatrix] {
        let sumsToOne = translator.model.scorerCard.mass == .one
        return zip(pairs, try translator.align(pairs, batchSize: pairs.count)).map { pair, forced in
            let matrix = AttentionMatrix(rows: forced.weights, sourceCount: pair.source.count)
            return sumsToOne ? matrix : matrix.normalised()
        }
    }

    /// Words of a group, those that fill the shorter pairs up among them: memory is bounded by it.
    private static let wordsInGroup = 4000

    private static func groups(_ pairs: [SentencePair]) -> [[Int]] {
        func size(_ index: Int) -> Int { pairs[index].source.count + pairs[index].target.count }
        var groups: [[Int]] = []
        // The longest first: what a group has room for is known from its first.
        for index in pairs.indices.sorted(by: { (size($0), $1) > (size($1), $0) }) {
            if let last = groups.indices.last, (groups[last].count + 1) * size(groups[last][0]) <= wordsInGroup {
                groups[last].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups
    }
}
