// The closed classes that both languages translate word by word: prepositions, conjunctions, adverbs, names.

/// A fixed expression in one language and another, and which words of one stand for which of the other.
struct Expression: Sendable {
    let words: [String]
    /// For each word, the English words that it surely translates; the rest of the expression is possible.
    let sources: [[Int]]

    /// Words, each with the numbers of its English words where they are not the first alone: "à côté de:1".
    init(cell: [String]) {
        let parts = cell.map { $0.split(separator: ":") }
        words = parts.map { String($0.first ?? "") }
        sources = parts.map { $0.count > 1 ? $0[1].split(separator: ",").compactMap { Int($0) } : [0] }
    }
}

final class Preposition: Sendable {
    let english: [String]
    let french: Expression
    let german: Expression
    let germanCase: Case
    /// What may follow.
    let kinds: Kinds

    init(row: [[String]]) {
        english = row[0]
        french = Expression(cell: row[1])
        german = Expression(cell: Array(row[2].dropLast()))
        germanCase = row[2].last == "acc" ? .accusative : .dative
        kinds = Kinds(letters: row[3].joined())
    }

    static let of = Preposition(row: Table.rows("of | de | von dat | patfl")[0])
    static let places: [Preposition] = Table.rows(placeTable).map { Preposition(row: $0) }
    static let companions: [Preposition] = Table.rows(companionTable).map { Preposition(row: $0) }

    private static let placeTable = """
        in | dans | in dat | l
        on | sur | auf dat | t
        under | sous | unter dat | t
        behind | derrière | hinter dat | patl
        in front of | devant:1 | vor:1 dat | patl
        near | près de | bei dat | patl
        next to | à côté de:1 | neben dat | patl
        above | au-dessus de | über dat | tl
        opposite | en face de | gegenüber dat | pl
        far from | loin de:1 | weit von:1 dat | l
        """

    private static let companionTable = """
        with | avec | mit dat | patf
        without | sans | ohne acc | patf
        """
}

final class Conjunction: Sendable {
    let english: String
    let french: Expression
    let german: String
    /// In the past, where German has another word for it.
    let germanPast: String?
    /// A clause after it depends on the other: in German its verb goes last, and it can come first.
    let isSubordinate: Bool
    /// Before it, in German.
    let takesComma: Bool

    init(row: [[String]]) {
        english = row[0].joined(separator: " ")
        french = Expression(cell: row[1])
        german = row[2][0]
        germanPast = row[2].count > 1 ? row[2][1] : nil
        isSubordinate = row[3] == ["sub"]
        takesComma = row[3] != ["co"]
    }

    static let all: [Conjunction] = Table.rows(
        """
        and | et | und | co
        but | mais | aber | co ,
        or | ou | oder | co
        because | parce que | weil | sub
        when | quand | wenn als | sub
        while | pendant que | während | sub
        since | puisque | da | sub
        """
    ).map { Conjunction(row: $0) }
}

final class Adverb: Sendable {
    enum Place: Sendable { case middle, manner, time, site }
    enum Time: Sendable { case any, past, present, future }

    let english: [String]
    let french: Expression
    let german: Expression
    let place: Place
    let time: Time

    init(row: [[String]], place: Place) {
        english = row[0]
        french = Expression(cell: row[1])
        german = Expression(cell: row[2])
        self.place = place
        time =
            switch row.count > 3 ? row[3] : [] {
            case ["past"]: .past
            case ["present"]: .present
            case ["future"]: .future
            default: .any
            }
    }

    static let all = table(middle, .middle) + table(manner, .manner) + table(time, .time) + table(site, .site)

    private static func table(_ text: String, _ place: Place) -> [Adverb] {
        Table.rows(text).map { Adverb(row: $0, place: place) }
    }

    private static let middle = """
        often | souvent | oft
        always | toujours | immer
        already | déjà | schon
        rarely | rarement | selten
        sometimes | parfois | manchmal
        really | vraiment | wirklich
        probably | probablement | wahrscheinlich
        """
    private static let manner = """
        slowly | lentement | langsam
        quickly | rapidement | schnell
        quietly | silencieusement | leise
        carefully | prudemment | vorsichtig
        happily | joyeusement | fröhlich
        patiently | patiemment | geduldig
        secretly | secrètement | heimlich
        """
    private static let time = """
        today | aujourd'hui | heute
        tonight | ce soir | heute Abend
        yesterday | hier | gestern | past
        now | maintenant | jetzt | present
        tomorrow | demain | morgen | future
        soon | bientôt | bald | future
        """
    private static let site = """
        here | ici | hier
        there | là | dort
        everywhere | partout | überall
        outside | dehors | draußen
        """
}

struct Name: Sendable {
    let english: String, french: String, german: String
    let isFeminine: Bool

    static let all: [Name] = Table.rows(
        """
        mary | marie | Maria | f
        john | jean | Johann | m
        anna | anne | Anna | f
        paul | paul | Paul | m
        lucy | lucie | Luzie | f
        henry | henri | Heinrich | m
        julia | julie | Julia | f
        louis | louis | Ludwig | m
        charles | charles | Karl | m
        helen | hélène | Helene | f
        martin | martin | Martin | m
        sophie | sophie | Sophie | f
        """
    ).map { Name(english: $0[0][0], french: $0[1][0], german: $0[2][0], isFeminine: $0[3] == ["f"]) }
}
