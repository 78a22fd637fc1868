// How German words change: gender, number, case; person and tense.

enum Case: Int, Sendable { case nominative, accusative, dative }

enum GermanGender: Int, Sendable { case masculine, feminine, neuter }

struct GermanNoun: Sendable {
    let singular: String, plural: String
    let gender: GermanGender
    /// The weak declension: der Löwe, den Löwen.
    let isWeak: Bool

    /// Article, singular, plural, n for the weak declension.
    init(cell: [String]) {
        gender =
            switch cell[0] {
            case "der": .masculine
            case "die": .feminine
            default: .neuter
            }
        singular = cell[1]
        plural = cell[2]
        isWeak = cell.count > 3
    }

    func form(plural isPlural: Bool, _ grammaticalCase: Case) -> String {
        if isPlural {
            return grammaticalCase == .dative && !plural.hasSuffix("n") && !plural.hasSuffix("s")
                ? plural + "n" : plural
        }
        return isWeak && grammaticalCase != .nominative ? plural : singular
    }
}

struct GermanAdjective: Sendable {
    let stem: String

    init(cell: [String]) { stem = cell[0] }

    /// Before a noun: müde and e is müde, müde and en is müden.
    func form(_ ending: String) -> String {
        (stem.hasSuffix("e") ? String(stem.dropLast()) : stem) + ending
    }
}

/// Which endings the word before leaves for an adjective to show.
enum GermanDeclension { case weak, mixed, strong }

enum GermanForms {
    /// The column of the ending tables: masculine, feminine, neuter, plural.
    static func column(_ gender: GermanGender, plural: Bool) -> Int { plural ? 3 : gender.rawValue }

    static func article(_ column: Int, _ grammaticalCase: Case) -> String {
        [["der", "die", "das", "die"], ["den", "die", "das", "die"], ["dem", "der", "dem", "den"]][
            grammaticalCase.rawValue][column]
    }

    /// dies-er, jen-er, jed-er.
    static func strongEnding(_ column: Int, _ grammaticalCase: Case) -> String {
        [["er", "e", "es", "e"], ["en", "e", "es", "e"], ["em", "er", "em", "en"]][grammaticalCase.rawValue][column]
    }

    /// ein, mein, kein …: like dieser, but without an ending where it would be -er or -es.
    static func einEnding(_ column: Int, _ grammaticalCase: Case) -> String {
        [["", "e", "", "e"], ["en", "e", "", "e"], ["em", "er", "em", "en"]][grammaticalCase.rawValue][column]
    }

    static func adjectiveEnding(_ declension: GermanDeclension, _ column: Int, _ grammaticalCase: Case) -> String {
        switch declension {
        case .strong: strongEnding(column, grammaticalCase)
        case .weak:
            [["e", "e", "e", "en"], ["en", "e", "e", "en"], ["en", "en", "en", "en"]][grammaticalCase.rawValue][column]
        case .mixed:
            [["er", "e", "es", "en"], ["en", "e", "es", "en"], ["en", "en", "en", "en"]][grammaticalCase.rawValue][
                column]
        }
    }

    /// Relative pronouns are the article, but for the dative plural.
    static func relative(_ column: Int, _ grammaticalCase: Case) -> String {
        column == 3 && grammaticalCase == .dative ? "denen" : article(column, grammaticalCase)
    }

    static let contractions: [[String]: String] = [
        ["in", "dem"]: "im", ["von", "dem"]: "vom", ["bei", "dem"]: "beim", ["an", "dem"]: "am", ["zu", "dem"]: "zum",
        ["zu", "der"]: "zur",
    ]
}

struct GermanVerb: Sendable {
    /// Without the separable prefix.
    private let bareInfinitive: String, third: String, plural: String, past: String, bareParticiple: String
    /// "auf" in "steht … auf"; empty where there is none.
    let prefix: String
    let usesSein: Bool
    let objectCase: Case
    let preposition: String?

    var infinitive: String { prefix + bareInfinitive }
    var participle: String { prefix + bareParticiple }

    /// As the head of the verb tables says.
    init(cell: [String]) {
        let end = cell.firstIndex { $0 == "+" || $0 == ">" } ?? cell.count
        let parts = cell[0].split(separator: "/").map(String.init)
        prefix = parts.count > 1 ? parts[0] : ""
        bareInfinitive = parts.last ?? ""
        plural = bareInfinitive == "sein" ? "sind" : bareInfinitive
        if end == 1 {
            let stem = String(bareInfinitive.dropLast(2))
            let link = stem.hasSuffix("t") || stem.hasSuffix("d") ? "e" : ""
            (third, past, bareParticiple) = (stem + link + "t", stem + link + "te", "ge" + stem + link + "t")
        } else {
            (third, past, bareParticiple) = (cell[1], cell[2], cell[3])
        }
        usesSein = cell.contains("+")
        let object = cell.firstIndex(of: ">").map { Array(cell[($0 + 1)...]) } ?? []
        objectCase = object.last == "dat" ? .dative : .accusative
        preposition = object.count > 1 ? object[0] : nil
    }

    static let be = GermanVerb(cell: ["sein", "ist", "war", "gewesen", "+", "sein"])
    static let have = GermanVerb(cell: ["haben", "hat", "hatte", "gehabt"])
    static let become = GermanVerb(cell: ["werden", "wird", "wurde", "geworden", "+", "sein"])

    /// Without the separable prefix.
    func present(plural isPlural: Bool) -> String { isPlural ? plural : third }

    func past(plural isPlural: Bool) -> String {
        !isPlural ? past : past.hasSuffix("e") ? past + "n" : past + "en"
    }
}
