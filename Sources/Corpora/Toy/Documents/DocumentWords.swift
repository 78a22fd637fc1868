// The words that documents are made of, from the lexicon of the toy languages.

/// Places that something is thought of, people who see them, and adjectives by what they say.
struct DocumentWords: Sendable {
    /// Without what is asked about.
    let places: [String]
    let people: [String]
    /// What people did with a place, in the past.
    let verbs: [String]

    static let good = ["beautiful", "pretty", "clean", "famous"]
    static let bad = ["bad", "dirty", "strange", "narrow"]
    static let neutral = ["big", "small", "old", "new", "white", "grey"]

    init(share: Double) {
        let lexicon = Lexicon(share: share)
        func nouns(_ kind: Kinds) -> [String] {
            lexicon.nouns.filter { $0.kinds.contains(kind) && $0.singular != DocumentsTask.asked }.map(\.singular)
        }
        // Two at least, so that there is another one beside each.
        let places = nouns(.place)
        self.places = places.count > 1 ? places : ["house", "garden"]
        people = nouns(.person)
        // To love or to hate a place would be an opinion too.
        verbs = lexicon.verbs(.object)
            .filter { $0.objects.contains(.place) && $0.particle == nil && !["love", "hate"].contains($0.base) }
            .map(\.past)
    }

    static func adjectives(saying isGood: Bool) -> [String] { isGood ? good : bad }
}
