// Files that somebody damaged or forged: mutants of good ones, the same for the same seed. For tests of readers of
// other people's bytes, which must neither trap nor hang on any of them, nor take more memory than the file is worth.

import Foundation
import Randomness

/// Changes bytes as accidents and bad will do: flips, cuts, repeats, moves, pieces of another file, other line ends,
/// numbers at the ends of what there is.
public struct Mutator {
    private var random: RandomSource

    public init(seed: UInt64) { random = RandomSource(seed: seed, purpose: "mutator") }

    /// How many mutants a test makes: few in every run, or those of a long run by hand,
    /// `ATTENTIONLAB_MUTANTS=1000000 swift test --filter SUITE`.
    public static func count(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["ATTENTIONLAB_MUTANTS"].flatMap { Int($0) } ?? few
    }

    /// Texts in the place of a number.
    private static let numbers = [
        "-1", "0", "1", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551616", "1e308", "-1e308", "1e400", "1e-320", "0.5", "NaN", "null",
        "\"\"", "[]", "{}",
        "true",
    ].map { Array($0.utf8) }

    /// What may stand anywhere, each of which means something to some reader; and bytes that are no text.
    private static let pieces: [[UInt8]] =
        [
            "\0", "\"", "\\", "{", "}", "[", "]", ",", ":", "-", "--", "=", " ", "\t", "\t\t", "\n", "\r\n", "\r",
            "\u{A0}", "\u{2028}",
            "\u{FEFF}", "\u{301}", "e\u{301}", "é", "日本", "\u{1B}[31m", "/", "../", "%", "|||", "p", "?", ".", "S", "P",
            "0-0", "1p2",
            "0-0-0.5", "&amp;", "&lt;", "<skipped>", "<end>",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x1F, 0x8B], [0xFF, 0xFE], [0x61, 0x00]]

    /// One to four changes. A reader that takes text only gets the result as UTF-8, bad bytes replaced.
    /// - Parameter other: a file to take pieces of.
    public mutating func mutant(of good: [UInt8], with other: [UInt8] = []) -> [UInt8] {
        var bytes = good
        for _ in 0...random.below(4) { change(&bytes, other) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        guard !bytes.isEmpty else { return bytes += random.pick(Self.pieces) }
        let place = random.below(bytes.count)
        switch random.below(11) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(range(place, bytes.count))
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: Array(bytes[range(place, bytes.count)]), at: random.below(bytes.count))
        case 5:
            let piece = range(place, bytes.count), moved = Array(bytes[piece])
            bytes.removeSubrange(piece)
            bytes.insert(contentsOf: moved, at: random.below(bytes.count + 1))
        case 6:
            guard !other.isEmpty else { return }
            bytes.replaceSubrange(range(place, bytes.count), with: other[range(random.below(other.count), other.count)])
        case 7: bytes.insert(contentsOf: random.pick(Self.pieces), at: place)
        case 8:
            let one = random.pick([UInt8(ascii: "["), bytes[place]])
            bytes.insert(contentsOf: Array(repeating: one, count: random.below(2) == 0 ? 10 : 3000), at: place)
        case 9: bytes = lineEnds(bytes)
        default: swapNumber(&bytes, from: place)
        }
    }

    /// Mostly short, now and then up to the end.
    private mutating func range(_ start: Int, _ count: Int) -> Range<Int> {
        let most = count - start
        return start..<(start + (random.below(8) == 0 ? random.below(most + 1) : min(most, random.below(24))))
    }

    /// The first number at or behind a place.
    private mutating func swapNumber(_ bytes: inout [UInt8], from place: Int) {
        func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: random.pick(Self.numbers))
    }

    /// All of them, or some, those of Windows, of old systems, or none at all.
    private mutating func lineEnds(_ bytes: [UInt8]) -> [UInt8] {
        let end: [UInt8] = random.pick([[13, 10], [13], [10, 13], [0xE2, 0x80, 0xA8], []]), isAll = random.chance(0.5)
        var result: [UInt8] = []
        for byte in bytes { if byte == 10, isAll || random.chance(0.3) { result += end } else { result.append(byte) } }
        return result
    }
}

/// Mutants of some texts, one after the other, each with pieces of another.
public struct Mutants {
    private let originals: [[UInt8]]
    private var mutator: Mutator, random: RandomSource

    public init(of originals: [String], seed: UInt64) {
        self.originals = originals.map { Array($0.utf8) }
        (mutator, random) = (Mutator(seed: seed), RandomSource(seed: seed, purpose: "originals"))
    }

    public mutating func next() -> [UInt8] { mutator.mutant(of: random.pick(originals), with: random.pick(originals)) }
}
