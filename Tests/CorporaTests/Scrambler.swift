// Damaged files by the thousand, the same ones for the same seed: what readers of other people's bytes must survive.

import Foundation
import Randomness

/// Draws changed copies of some samples.
struct Scrambler {
    private let samples: [[UInt8]]
    private var random: RandomSource

    /// What has broken readers elsewhere: numbers at their limits, marks, separators, bytes that are no text.
    private static let pieces: [[UInt8]] =
        [
            "0", "-", "-1", "9223372036854775807", "18446744073709551616", "999999999", "1e309", "nan", "\t", "\t\t",
            "\n", "\r\n", "\r", " ", "\u{A0}",
            "\u{2028}", "\u{FEFF}", "\u{301}", "e\u{301}", "é", "日本", "\u{1B}[31m", "\u{0}", "|||", "p", "?", ".", ",",
            "&amp;", "&lt;", "<skipped>", "<end>",
            "S", "P", "0-0", "1p2", "0-0-0.5",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x1F, 0x8B], [0xFF, 0xFE], [0x61, 0x00]]

    init(_ samples: [String], seed: UInt64) {
        self.samples = samples.map { Array($0.utf8) }
        random = RandomSource(seed: seed, purpose: "scrambler")
    }

    mutating func next() -> [UInt8] {
        var bytes = samples[random.below(samples.count)]
        for _ in 0...random.below(4) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = random.below(bytes.count + 1), end = min(bytes.count, place + random.below(12))
        switch random.below(8) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case 4: bytes.removeSubrange(place...)
        case 5:
            let other = samples[random.below(samples.count)], from = random.below(other.count + 1)
            bytes.insert(contentsOf: other[from..<min(other.count, from + 20)], at: place)
        default: bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)], at: place)
        }
    }

    /// How many of them a test draws: more where ATTENTIONLAB_MUTANTS says so, as it is done by hand before a release.
    static func count(_ standard: Int) -> Int {
        ProcessInfo.processInfo.environment["ATTENTIONLAB_MUTANTS"].flatMap { Int($0) } ?? standard
    }
}
