// Files that somebody damaged or forged: mutants of a good one, the same for the same seed. For tests of readers, which must neither trap
// nor hang on any of them, nor take more memory than the file is worth.

import Foundation
import Randomness

/// Changes bytes as accidents and bad will do: flips, cuts, repeats, pieces of another file, numbers at the ends of what there is.
public struct Mutator {
    private var random: RandomSource

    public init(seed: UInt64) { random = RandomSource(seed: seed, purpose: "mutator") }

    /// How many mutants a test makes: few in every run, or ATTENTIONLAB_MUTANTS, for a long run by hand.
    public static func count(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["ATTENTIONLAB_MUTANTS"].flatMap { Int($0) } ?? few
    }

    /// Texts in the place of a number.
    private static let numbers = [
        "-1", "0", "1", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "1e308", "-1e308", "1e400", "1e-320", "0.5", "NaN", "null", "\"\"", "[]", "{}", "true",
    ]

    /// What may stand anywhere, each of which means something to some reader.
    private static let pieces = ["\0", "\"", "\\", "{", "}", "[", "]", ",", ":", "-", "--", "=", " ", "\t", "\r\n", "\u{FEFF}", "\u{1B}[31m", "/", "../", "%"]

    /// - Parameter other: a file to take pieces of.
    public mutating func mutant(of good: [UInt8], with other: [UInt8] = []) -> [UInt8] {
        var bytes = good
        for _ in 0...random.below(3) { change(&bytes, other) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        guard !bytes.isEmpty else { return bytes += Array(random.pick(Self.pieces).utf8) }
        let place = random.below(bytes.count)
        switch random.below(9) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(range(place, bytes.count))
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: Array(bytes[range(place, bytes.count)]), at: random.below(bytes.count))
        case 5:
            guard !other.isEmpty else { return }
            bytes.replaceSubrange(range(place, bytes.count), with: other[range(random.below(other.count), other.count)])
        case 6: bytes.insert(contentsOf: Array(random.pick(Self.pieces).utf8), at: place)
        case 7: bytes.insert(contentsOf: Array(repeating: UInt8(ascii: "["), count: random.below(2) == 0 ? 10 : 3000), at: place)
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
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Array(random.pick(Self.numbers).utf8))
    }
}
