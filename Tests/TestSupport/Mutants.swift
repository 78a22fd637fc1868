// Damaged versions of a text, to be read by what must never trap, hang or take memory out of proportion.

import Foundation
import Randomness

/// Bytes flipped, cut, doubled, moved and put in, line ends changed, lines made long. The same ones for the same seed.
public struct Mutants {
    private let originals: [[UInt8]]
    private var random: RandomSource

    public init(of originals: [String], seed: UInt64) {
        (self.originals, random) = (originals.map { Array($0.utf8) }, RandomSource(seed: seed, purpose: "mutants"))
    }

    /// How many to try: few in a test, as many as the environment says where somebody has the time,
    /// `ATTENTIONLAB_MUTANTS=1000000 swift test --filter Mutants`.
    public static func count(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["ATTENTIONLAB_MUTANTS"].flatMap(Int.init) ?? few
    }

    /// One to four damages of one of the originals. A reader that takes text only gets this as UTF-8, bad bytes replaced.
    public mutating func next() -> [UInt8] {
        var bytes = random.pick(originals)
        for _ in 0...random.below(4) { damage(&bytes) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let piece = range(bytes.count), copy = Array(bytes[piece]), place = random.below(bytes.count + 1)
        switch random.below(9) {
        case 0: if !bytes.isEmpty { bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8)) }
        case 1: bytes.removeSubrange(piece)
        case 2: bytes.insert(contentsOf: copy, at: place)
        case 3: bytes = Array(bytes.prefix(place))
        case 4: bytes.insert(contentsOf: (0...random.below(8)).map { _ in UInt8(random.below(256)) }, at: place)
        case 5: bytes = lineEnds(bytes)
        case 6: bytes.insert(contentsOf: [UInt8](repeating: copy.first ?? 32, count: random.below(3000)), at: place)
        case 7:
            bytes.removeSubrange(piece)
            bytes.insert(contentsOf: copy, at: random.below(bytes.count + 1))
        default: bytes.insert(contentsOf: range(of: random.pick(originals)), at: place)
        }
    }

    private mutating func range(_ count: Int) -> Range<Int> {
        let start = random.below(count + 1)
        return start..<(start + random.below(min(200, count - start) + 1))
    }

    private mutating func range(of other: [UInt8]) -> ArraySlice<UInt8> { other[range(other.count)] }

    /// All of them, or some, those of Windows, of old systems, or none at all.
    private mutating func lineEnds(_ bytes: [UInt8]) -> [UInt8] {
        let end: [UInt8] = random.pick([[13, 10], [13], [10, 13], [0xE2, 0x80, 0xA8], []]), isAll = random.chance(0.5)
        var result: [UInt8] = []
        for byte in bytes { if byte == 10, isAll || random.chance(0.3) { result += end } else { result.append(byte) } }
        return result
    }
}
