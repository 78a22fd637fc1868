// Adjectives in three languages.

final class Adjective: Sendable {
    let english: String
    /// What it can describe: x anything, b a being, t a thing or place.
    let kind: Character
    let french: FrenchAdjective
    let german: GermanAdjective
    /// Whether it can stand after "is": "the table is wooden" has another French than "the wooden table".
    var isPredicate: Bool { !french.isPhrase }

    /// English | French masculine, feminine, masculine before a vowel | German | kind
    init(row: [[String]], beforeNoun: Bool) {
        english = row[0][0]
        french = FrenchAdjective(cell: row[1], beforeNoun: beforeNoun)
        german = GermanAdjective(cell: row[2])
        kind = row[3].first?.first ?? "x"
    }

    static let beforeNoun: [Adjective] = Table.rows(beforeTable).map { Adjective(row: $0, beforeNoun: true) }
    static let afterNoun: [Adjective] = Table.rows(afterTable).map { Adjective(row: $0, beforeNoun: false) }

    /// In French these stand before the noun.
    private static let beforeTable = """
        small | petit petite | klein | x
        big | grand grande | groß | x
        old | vieux vieille vieil | alt | x
        young | jeune jeune | jung | b
        beautiful | beau belle bel | schön | x
        new | nouveau nouvelle nouvel | neu | t
        bad | mauvais mauvaise | schlecht | x
        pretty | joli jolie | hübsch | x
        fat | gros grosse | dick | b
        long | long longue | lang | t
        """

    /// In French these stand after it.
    private static let afterTable = """
        black | noir noire | schwarz | x
        white | blanc blanche | weiß | x
        red | rouge rouge | rot | t
        green | vert verte | grün | t
        blue | bleu bleue | blau | t
        yellow | jaune jaune | gelb | t
        grey | gris grise | grau | x
        brown | brun brune | braun | x
        round | rond ronde | rund | t
        heavy | lourd lourde | schwer | t
        light | léger légère | leicht | t
        empty | vide vide | leer | t
        dirty | sale sale | schmutzig | x
        clean | propre propre | sauber | x
        strange | étrange étrange | seltsam | x
        famous | célèbre célèbre | berühmt | x
        narrow | étroit étroite | schmal | t
        broken | cassé cassée | kaputt | t
        wooden | en bois | hölzern | t
        golden | en or | golden | t
        tired | fatigué fatiguée | müde | b
        happy | heureux heureuse | glücklich | b
        sad | triste triste | traurig | b
        angry | furieux furieuse | wütend | b
        rich | riche riche | reich | b
        poor | pauvre pauvre | arm | b
        sick | malade malade | krank | b
        strong | fort forte | stark | b
        weak | faible faible | schwach | b
        clever | intelligent intelligente | klug | b
        stupid | stupide stupide | dumm | b
        brave | courageux courageuse | tapfer | b
        polite | poli polie | höflich | b
        shy | timide timide | schüchtern | b
        lazy | paresseux paresseuse | faul | b
        hungry | affamé affamée | hungrig | b
        jealous | jaloux jalouse | eifersüchtig | b
        proud | fier fière | stolz | b
        nervous | nerveux nerveuse | nervös | b
        cruel | cruel cruelle | grausam | b
        friendly | aimable aimable | freundlich | b
        """
}
