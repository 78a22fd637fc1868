// How French words change: gender and number, person and tense.

struct FrenchNoun: Sendable {
    let singular: String, plural: String, isFeminine: Bool

    /// Singular, gender, plural where it is irregular.
    init(cell: [String]) {
        singular = cell[0]
        isFeminine = cell[1] == "f"
        plural = cell.count > 2 ? cell[2] : FrenchForms.plural(singular)
    }
}

struct FrenchAdjective: Sendable {
    let masculine: String, feminine: String
    /// "bel" before "ami".
    let beforeVowel: String?
    let standsBeforeNoun: Bool
    /// "en bois": two words that do not change.
    let isPhrase: Bool

    /// Masculine, feminine ("-" where it does not change), masculine before a vowel; or "en" and a noun.
    init(cell: [String], beforeNoun: Bool) {
        masculine = cell[0]
        feminine = cell[1]
        beforeVowel = cell.count > 2 ? cell[2] : nil
        standsBeforeNoun = beforeNoun
        isPhrase = cell[0] == "en"
    }

    func form(_ agreement: FrenchAgreement) -> String {
        if feminine == "-" { return masculine }
        let form = agreement.isFeminine ? feminine : masculine
        return agreement.isPlural ? FrenchForms.plural(form) : form
    }
}

/// What articles, adjectives and participles agree with.
struct FrenchAgreement: Sendable, Equatable {
    var isFeminine: Bool, isPlural: Bool
}

/// What a verb agrees with; the toy languages speak of others, never of themselves or to anyone.
struct FrenchVerb: Sendable {
    let infinitive: String
    private let il: String, ils: String
    private let futureStem: String, participle: String
    let usesEtre: Bool
    /// "à" in "obéir à".
    let preposition: String?
    /// A posture: être and this.
    let state: FrenchAdjective?

    /// As the head of the verb tables says.
    init(cell: [String]) {
        let end = cell.firstIndex { $0 == "+" || $0 == ">" } ?? cell.count
        var forms = Array(cell[..<end])
        state = forms[0] == "=" ? FrenchAdjective(cell: Array(forms[1...]), beforeNoun: false) : nil
        if state != nil { forms = Self.être }
        infinitive = forms[0]
        if forms.count == 1 {
            let stem = String(forms[0].dropLast(2))
            (il, ils, futureStem, participle) = (stem + "e", stem + "ent", forms[0], stem + "é")
        } else {
            (il, ils, futureStem, participle) = (forms[1], forms[2], forms[3], forms[4])
        }
        usesEtre = cell.contains("+")
        preposition = cell.firstIndex(of: ">").map { cell[$0 + 1] }
    }

    private static let être = ["être", "est", "sont", "ser", "été"]
    static let be = FrenchVerb(cell: être)
    static let have = FrenchVerb(cell: ["avoir", "a", "ont", "aur", "eu"])

    func present(plural: Bool) -> String { plural ? ils : il }

    func future(plural: Bool) -> String { futureStem + (plural ? "ont" : "a") }

    /// - Parameter agreement: with what the participle agrees; nil for none.
    func participle(_ agreement: FrenchAgreement?) -> String {
        guard let agreement else { return participle }
        let form = agreement.isFeminine ? participle + "e" : participle
        return agreement.isPlural ? FrenchForms.plural(form) : form
    }
}

enum FrenchForms {
    static func plural(_ singular: String) -> String {
        switch singular.last {
        case "s", "x", "z": singular
        default: singular.hasSuffix("eau") ? singular + "x" : singular + "s"
        }
    }

    /// Whether le, de, que … lose their vowel before this word.
    static func startsWithVowel(_ word: String) -> Bool {
        // No noun here has an h that is spoken as one; these numerals behave as if they had.
        guard let first = word.first, word != "huit", word != "onze" else { return false }
        return "aeiouhâàéèêëîïôœùû".contains(first)
    }
}
