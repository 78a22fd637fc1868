// Seeded random numbers: the same stream for the same seed on every platform, which the standard library does not
// promise. xoshiro256** (Blackman & Vigna 2018), its state filled by SplitMix64. Not for cryptography.

import Foundation

/// A seeded stream of random numbers. A value: a copy continues the same stream independently.
///
/// Draw with the methods below rather than with `Int.random(in:using:)` or `shuffled(using:)`: how those turn bits into
/// numbers may change with the toolchain.
public struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
    private var s0: UInt64, s1: UInt64, s2: UInt64, s3: UInt64

    public init(seed: UInt64) {
        var splitMix = seed
        func next() -> UInt64 {
            splitMix &+= 0x9E37_79B9_7F4A_7C15
            var z = splitMix
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        s0 = next()
        s1 = next()
        s2 = next()
        s3 = next()
    }

    /// A stream of its own for one named purpose, so that drawing more for one purpose does not shift another.
    public init(seed: UInt64, purpose: String) {
        self.init(seed: seed ^ FNV1a.hash(purpose.utf8))
    }

    public mutating func next() -> UInt64 {
        func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
        let result = rotate(s1 &* 5, 7) &* 9
        let t = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = rotate(s3, 45)
        return result
    }

    /// Uniform in [0, 1), with 53 random bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in 0 ..< bound, without bias (Lemire 2019).
    /// - Precondition: `bound` > 0.
    public mutating func below(_ bound: Int) -> Int {
        // There is no such number to return. Of a fatal error, unlike a precondition, the sentence stays under -O.
        guard bound > 0 else {
            fatalError("below(\(bound)): a number from 0 up to it was asked for, so the bound must be at least 1")
        }
        let n = UInt64(bound)
        var product = next().multipliedFullWidth(by: n)
        if product.low < n {
            let threshold = (0 &- n) % n
            while product.low < threshold { product = next().multipliedFullWidth(by: n) }
        }
        return Int(product.high)
    }

    /// Standard normal, by Box and Muller; one of the pair is thrown away so that the state is the four words alone.
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// Whether an event of the given probability happens.
    public mutating func chance(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// One of the choices, each as likely.
    /// - Precondition: `choices` is not empty.
    public mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
        choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }

    /// Fisher and Yates, from the end.
    public mutating func shuffle<T>(_ items: inout [T]) {
        guard items.count > 1 else { return }
        for i in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(i, below(i + 1)) }
    }
}

extension RandomSource: Codable {
    private enum CodingKeys: String, CodingKey { case s0, s1, s2, s3 }

    /// - Throws: `DecodingError` for four zeros, which are no state of a stream: nothing but zeros would follow, and
    ///   `below` never end.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        (s0, s1) = (try values.decode(UInt64.self, forKey: .s0), try values.decode(UInt64.self, forKey: .s1))
        (s2, s3) = (try values.decode(UInt64.self, forKey: .s2), try values.decode(UInt64.self, forKey: .s3))
        guard s0 | s1 | s2 | s3 != 0 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a random stream is not all zeros"))
        }
    }
}
