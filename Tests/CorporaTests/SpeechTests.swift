// The toy speech: gold from durations, letters that can be told from their frames, syllables that come again.

import TestSupport
import Testing

@testable import Corpora

@Suite("Toy speech") struct SpeechTests {
    @Test("every letter has 2 to 7 frames, one sound after the other; only the ends belong to none")
    func gold() throws {
        for pair in try sample(SpeechLanguage(), test: 200) {
            let frames = pair.target.indices.map { pair.sure($0) }
            #expect(frames.allSatisfy { (2...7).contains($0.count) }, pair.shown)
            let joined = Array(frames.joined())
            let first = try #require(joined.first), last = try #require(joined.last)
            #expect(joined == Array(first...last) && first <= 2 && pair.source.count - 1 - last <= 2, pair.shown)
            #expect(pair.extras?.fault(words: pair.source.count) == nil && pair.extras?.width == 12)
        }
    }

    @Test("words of one to three syllables, and a letter is “again” where its syllable is the one before")
    func syllables() throws {
        var again = 0, letters = 0
        for pair in try sample(SpeechLanguage(), test: 300) {
            var last = ""
            for word in pair.target.joined().split(separator: "_", omittingEmptySubsequences: false) {
                #expect([2, 4, 6].contains(word.count), pair.shown)
            }
            let sounds = pair.target.indices.filter { pair.target[$0] != "_" }
            for start in stride(from: 0, to: sounds.count, by: 2) {
                let (consonant, vowel) = (sounds[start], sounds[start + 1]),
                    syllable = pair.target[consonant] + pair.target[vowel]
                #expect(
                    Sounds.consonants.contains(pair.target[consonant]) && Sounds.vowels.contains(pair.target[vowel]))
                let expected = syllable == last ? "again" : "once"
                #expect(pair.phenomena[consonant] == expected && pair.phenomena[vowel] == expected, pair.shown)
                again += expected == "again" ? 1 : 0
                letters += last.isEmpty ? 0 : 1
                last = syllable
            }
            #expect(pair.isContent == pair.target.map { $0 != "_" })
        }
        // The rate, and one in fifty by chance.
        #expect(abs(Double(again) / Double(letters) - (0.35 + 0.65 / 50)) < 0.06)
    }

    @Test("without noise a frame is its sound and as much of its neighbours as is said: the mean over many is that")
    func frames() throws {
        var sums: [String: [Double]] = [:], counts: [String: Double] = [:]
        for pair in try sample(SpeechLanguage(), test: 600) {
            let vectors = try #require(pair.extras?.vectors)
            for place in pair.target.indices {
                let own = pair.sure(place)
                func letter(_ at: Int) -> String { pair.target.indices.contains(at) ? pair.target[at] : "_" }
                for (k, frame) in own.enumerated() {
                    let l = 0.3 / Double(1 << k), r = 0.3 / Double(1 << (own.count - 1 - k))
                    let noise = (0..<12).map { n in
                        Double(vectors[frame][n]) - (1 - l - r) * Sounds.template(letter(place))[n]
                            - l * Sounds.template(letter(place - 1))[n] - r * Sounds.template(letter(place + 1))[n]
                    }
                    sums[letter(place), default: Array(repeating: 0, count: 12)] = zip(
                        sums[letter(place)] ?? Array(repeating: 0, count: 12), noise
                    ).map { $0 + $1 }
                    counts[letter(place), default: 0] += 1
                }
            }
        }
        #expect(counts.count == 16)
        for (letter, sum) in sums {
            let count = counts[letter] ?? 1
            // Five standard errors.
            #expect(sum.allSatisfy { abs($0 / count) < 5 * 0.25 / count.squareRoot() }, "\(letter)")
        }
    }

    @Test("the long split has two to four times as many frames, and a rate of 0 only chance repeats")
    func long() throws {
        let data = try SpeechLanguage().dataset(
            seed: 2,
            options: ToyOptions(
                trainPairs: 20, devPairs: 5, testPairs: 20, longPairs: 20, lengths: 16...40, longLengths: 80...160))
        #expect(data.long.allSatisfy { (80...160).contains($0.source.count) })
        #expect(data.train.allSatisfy { (16...40).contains($0.source.count) })
        let never = try sample(SpeechLanguage(), test: 100) { $0.rates = ["repetition": 0] }
        let shares = never.flatMap(\.phenomena)
        #expect(shares.count { $0 == "again" } * 20 < shares.count)
    }
}
