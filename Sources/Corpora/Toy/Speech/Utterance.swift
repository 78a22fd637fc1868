// Words as they are spoken: each sound for a while, none quite like itself beside others, and noise over all.

import Randomness

/// Writes the frames of an utterance, and which letter each of them is.
struct Utterance {
    /// How much of a sound's first frame is the sound before it, and of its last the one behind; it halves from frame to
    /// frame inwards.
    static let influence = 0.3
    /// Standard deviation of the noise of each number.
    static let noise = 0.25
    /// Frames of a sound, and of the pause between two words.
    static let frames = 2...7
    /// Silent frames before the first word and behind the last.
    static let edge = 0...2

    private var letters: [String] = [], durations: [Int] = []
    /// Whether the letter's syllable is the one before it again.
    private var isRepeated: [Bool] = []
    private var lead = 0, trail = 0

    /// Draws words until there are about so many frames.
    init(frames: Int, repetition: Double, _ random: inout RandomSource) {
        lead = Self.edge.lowerBound + random.below(Self.edge.count)
        trail = Self.edge.lowerBound + random.below(Self.edge.count)
        var syllables = 0, last: (String, String)?
        while letters.isEmpty || lead + durations.reduce(0, +) + trail + 2 * Self.frames.lowerBound < frames {
            if syllables == 0 {
                if !letters.isEmpty { say(Sounds.pause, isRepeated: false, &random) }
                syllables = 1 + random.below(3)
            }
            let again = last != nil && random.chance(repetition)
            let drawn = (random.pick(Sounds.consonants), random.pick(Sounds.vowels))
            let syllable = again ? last ?? drawn : drawn, isRepeated = last.map { $0 == syllable } ?? false
            say(syllable.0, isRepeated: isRepeated, &random)
            say(syllable.1, isRepeated: isRepeated, &random)
            last = syllable
            syllables -= 1
        }
    }

    private mutating func say(_ letter: String, isRepeated repeated: Bool, _ random: inout RandomSource) {
        letters.append(letter)
        isRepeated.append(repeated)
        // The shorter of two draws: most sounds are short.
        let steps = Self.frames.count
        durations.append(Self.frames.lowerBound + min(random.below(steps), random.below(steps)))
    }

    /// Frames as vectors, letters as the target, and each letter's frames as its gold.
    func pair(_ random: inout RandomSource) -> SentencePair {
        var vectors: [[Float]] = [], sure: Set<Link> = []
        let silence = Sounds.template(Sounds.pause)
        func silent(_ count: Int) -> [[Float]] { (0..<count).map { _ in heard(silence, &random) } }
        vectors += silent(lead)
        for (place, letter) in letters.enumerated() {
            let before = place > 0 ? letters[place - 1] : Sounds.pause
            let behind = place + 1 < letters.count ? letters[place + 1] : Sounds.pause
            for frame in 0..<durations[place] {
                sure.insert(Link(vectors.count, place))
                let left = Self.influence * Self.halved(frame)
                let right = Self.influence * Self.halved(durations[place] - 1 - frame)
                let sounds = zip(Sounds.template(letter), zip(Sounds.template(before), Sounds.template(behind)))
                vectors.append(heard(sounds.map { (1 - left - right) * $0 + left * $1.0 + right * $1.1 }, &random))
            }
        }
        vectors += silent(trail)
        return SentencePair(
            source: vectors.indices.map { "f\($0 + 1)" }, target: letters, gold: GoldAlignment(sure: sure),
            phenomena: zip(letters, isRepeated).map { $0 == Sounds.pause ? "pause" : $1 ? "again" : "once" },
            isContent: letters.map { $0 != Sounds.pause }, extras: SourceExtras(vectors: vectors))
    }

    private static func halved(_ times: Int) -> Double { 1 / Double(1 << times) }

    /// With noise, to a thousandth: what is drawn on one machine is the same on another.
    private func heard(_ sound: [Double], _ random: inout RandomSource) -> [Float] {
        sound.map { Float((($0 + Self.noise * random.normal()) * 1000).rounded() / 1000) }
    }
}
