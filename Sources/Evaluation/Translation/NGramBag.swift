// Counting n-grams for BLEU and chrF. A hash table of our own: ten thousand lines hold millions of n-grams, and a
// Dictionary takes ten times as long.

import Randomness

/// Up to 128 bits of symbols: four tokens of 32 bits, or six Unicode scalars of 21. Equal exactly when the n-grams are.
struct NGram: Equatable {
    var high: UInt64 = 0
    var low: UInt64 = 0

    /// Moves the symbols up by `width` bits and puts `symbol` last. - Precondition: 0 < width < 64.
    mutating func append(_ symbol: UInt32, width: UInt64) {
        high = high << width | low >> (64 - width)
        low = low << width | UInt64(symbol)
    }

    /// Keeps the last `bits` bits.
    mutating func keep(last bits: UInt64) {
        if bits < 64 {
            high = 0
            low &= (1 << bits) - 1
        } else if bits < 128 {
            high &= (1 << (bits - 64)) - 1
        }
    }

    var hash: Int {
        let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }
}

/// A multiset of n-grams: for each the largest count in any one reference, less what the hypothesis has taken.
struct NGramBag {
    private struct Entry {
        var key: NGram
        /// Largest count in a reference so far, less what was taken.
        var limit: Int32
        /// Count in the reference being read.
        var current: Int32
        /// Which reference `current` counts.
        var reference: Int32
    }

    private var entries: [Entry] = []
    /// Index into `entries` plus one; 0 is free. Linear probing, at most half full.
    private var slots: [Int32] = []
    private var mask = 0
    private var reference: Int32 = 0

    /// Empties the bag and makes room.
    mutating func removeAll(expecting count: Int) {
        entries.removeAll(keepingCapacity: true)
        var capacity = 16
        while capacity < 2 * count { capacity *= 2 }
        if slots.count < capacity {
            slots = [Int32](repeating: 0, count: capacity)
        } else {
            for i in 0..<capacity { slots[i] = 0 }
        }
        mask = capacity - 1
        reference = 0
    }

    mutating func startReference() { reference += 1 }

    /// Counts an n-gram of the reference being read. - Precondition: no more different ones than were expected.
    mutating func insert(_ key: NGram) {
        var slot = key.hash & mask
        while slots[slot] != 0 {
            let e = Int(slots[slot]) - 1
            if entries[e].key == key {
                if entries[e].reference != reference {
                    entries[e].reference = reference
                    entries[e].current = 0
                }
                entries[e].current += 1
                if entries[e].current > entries[e].limit { entries[e].limit = entries[e].current }
                return
            }
            slot = (slot + 1) & mask
        }
        entries.append(Entry(key: key, limit: 1, current: 1, reference: reference))
        slots[slot] = Int32(truncatingIfNeeded: entries.count)
    }

    /// Takes one n-gram of the hypothesis out, if one is left: the number that succeed is the clipped count.
    mutating func take(_ key: NGram) -> Bool {
        var slot = key.hash & mask
        while slots[slot] != 0 {
            let e = Int(slots[slot]) - 1
            if entries[e].key == key {
                guard entries[e].limit > 0 else { return false }
                entries[e].limit -= 1
                return true
            }
            slot = (slot + 1) & mask
        }
        return false
    }
}

/// Numbers for tokens, from 1 up, so that 0 can mean "no token".
struct TokenNumbers {
    private var numbers: [Token: UInt32] = [:]

    mutating func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        let token = Token(bytes: bytes)
        if let known = numbers[token] { return known }
        let new = UInt32(truncatingIfNeeded: numbers.count + 1)
        // A copy, so that one token does not keep its whole line alive.
        numbers[Token(bytes: ArraySlice(Array(bytes)))] = new
        return new
    }

    private struct Token: Hashable {
        let bytes: ArraySlice<UInt8>

        /// One word to the hasher instead of one call a byte.
        func hash(into hasher: inout Hasher) {
            hasher.combine(FNV1a.hash(bytes))
        }
    }
}
