// What a noun is, for the verbs and prepositions that want it.

struct Kinds: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let person = Kinds(rawValue: 1), animal = Kinds(rawValue: 2), thing = Kinds(rawValue: 4)
    static let food = Kinds(rawValue: 8), text = Kinds(rawValue: 16), place = Kinds(rawValue: 32)
    static let beings: Kinds = [.person, .animal]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// As the tables write them: p person, a animal, t thing, f food, r to read, l place.
    init(letters: String) {
        let known: [Character: Kinds] = ["p": .person, "a": .animal, "t": .thing, "f": .food, "r": .text, "l": .place]
        self = letters.reduce(into: []) { kinds, letter in kinds.formUnion(known[letter] ?? []) }
    }
}
