// Sentence pairs side by side, as one direction reads them: each different word once, and where it stands.
// B pairs, S source words, T target words, place 0 before the first source word.

import Corpora
import TensorCore

/// How many words the sentences of some pairs have.
struct PairLengths {
    /// [B].
    let source: [Int], target: [Int]
    /// S and T, of the longest; and S+1.
    let sourceWidth: Int, targetWidth: Int, places: Int

    init(source: [Int], target: [Int]) {
        (self.source, self.target) = (source, target)
        (sourceWidth, targetWidth) = (source.max() ?? 0, target.max() ?? 0)
        places = sourceWidth + 1
    }

    var count: Int { source.count }
}

struct AlignmentBatch {
    let lengths: PairLengths
    /// The U different source words, after a row for what stands before the first: it begins the walk, and it is what
    /// the null word reads.
    let words: [Int]
    /// [B·(S+1)]: which of `words` stands at each place; that before the first in padding.
    let places: [Int]
    /// [T·B·(S+1)]: the target word under the state of each place, under the null word's at place 0.
    let choices: [ChosenWord]

    var targetWords: Int { lengths.target.reduce(0, +) }

    /// - Parameter pairs: no sentence is empty.
    init(_ pairs: [(source: [Int], target: [Int])]) {
        lengths = PairLengths(source: pairs.map(\.source.count), target: pairs.map(\.target.count))
        let source = lengths.sourceWidth, width = lengths.places
        var placeOfWord: [Int: Int] = [:], words = [Vocabulary.begin], places: [Int] = []
        for pair in pairs {
            let own = pair.source.map { word -> Int in
                if let known = placeOfWord[word] { return known }
                placeOfWord[word] = words.count
                words.append(word)
                return words.count - 1
            }
            places += [0] + own + [Int](repeating: 0, count: source - own.count)
        }
        (self.words, self.places) = (words, places)
        choices = (0..<lengths.targetWidth).flatMap { t in
            pairs.indices.flatMap { b -> [ChosenWord] in
                let pair = pairs[b]
                // Beyond its end a sentence stays where it is, which only the null word does.
                guard t < pair.target.count else {
                    return [ChosenWord(state: 0, word: Vocabulary.end)]
                        + [ChosenWord](repeating: .none, count: source)
                }
                return (0..<width).map { i in
                    i > pair.source.count ? .none : ChosenWord(state: places[b * width + i], word: pair.target[t])
                }
            }
        }
    }
}
