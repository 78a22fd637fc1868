// The lexicon tables, which are checked by reading every row, and sentences put together by hand, which a person can
// check.

import Testing

@testable import Corpora

private let feminine = FrenchAgreement(isFeminine: true, isPlural: false)
private let cases: [Case] = [.nominative, .accusative, .dative]

/// No cell is empty, and no sign of the tables' notation is left in a form.
private func isForm(_ text: String) -> Bool {
    !text.isEmpty && text != "-" && !text.contains { "|/+>=:,.".contains($0) || $0.isWhitespace || $0.isNumber }
}

@Suite("Lexicon") struct LexiconTests {
    @Test("nouns: every form is there, and names a thing of a known kind") func nouns() {
        for noun in Noun.all {
            let forms = [
                noun.singular, noun.plural, noun.french.singular, noun.french.plural, noun.german.singular,
                noun.german.plural,
            ]
            #expect(forms.allSatisfy(isForm), "\(forms)")
            #expect(!noun.kinds.isEmpty, "\(noun.singular) can be the object of nothing")
            #expect(
                noun.german.singular.first?.isUppercase == true && noun.german.plural.first?.isUppercase == true,
                "\(noun.german.singular)")
            #expect(noun.french.singular == noun.french.singular.lowercased())
        }
        #expect(Set(Noun.all.map(\.singular)).count == Noun.all.count)
    }

    @Test("compounds: two English words, one German, with the gender and plural of its head") func compounds() {
        for noun in Noun.compounds {
            let words = Words.split(noun.singular)
            #expect(words.count == 2 && Words.split(noun.plural).count == 2, "\(noun.singular)")
            #expect(isForm(noun.german.singular) && isForm(noun.german.plural))
            guard let head = Noun.all.first(where: { $0.singular == words[1] }) else {
                Issue.record("\(words[1]) is no noun of its own, so it cannot be told from the compound")
                continue
            }
            #expect(noun.german.gender == head.german.gender, "\(noun.german.singular)")
            #expect(noun.german.singular.hasSuffix(head.german.singular.lowercased()), "\(noun.german.singular)")
            #expect(noun.german.plural.hasSuffix(head.german.plural.lowercased()), "\(noun.german.plural)")
        }
    }

    @Test("verbs: every form that a tense asks for is there") func verbs() {
        for verb in Verb.all {
            #expect(
                [verb.base, verb.third, verb.past, verb.participle, verb.gerund].allSatisfy(isForm), "\(verb.base)")
            #expect(verb.gerund.hasSuffix("ing") && verb.third.hasSuffix("s"), "\(verb.base)")
            let french = verb.french
            #expect(
                [french.present(plural: false), french.present(plural: true), french.participle(nil)].allSatisfy(
                    isForm),
                "\(verb.base)")
            // Every French verb has "nt" in the plural, and r before the ending of the future.
            #expect(french.present(plural: true).hasSuffix("nt"), "\(french.present(plural: true))")
            #expect(
                french.future(plural: false).hasSuffix("ra") && french.future(plural: true).hasSuffix("ront"),
                "\(french.future(plural: false))")
            if french.usesEtre {
                #expect(
                    ["é", "u", "i"].contains(french.participle(nil).suffix(1)), "an s or t would change with gender")
            }
            let german = verb.german
            #expect(
                [german.infinitive, german.participle, german.present(plural: false), german.past(plural: false)]
                    .allSatisfy(isForm),
                "\(verb.base)")
            #expect(
                german.infinitive.hasSuffix("n") && german.infinitive.hasPrefix(german.prefix), "\(german.infinitive)")
            #expect(german.participle.hasSuffix("t") || german.participle.hasSuffix("n"), "\(german.participle)")
            #expect(german.past(plural: true).hasSuffix("n"), "\(german.past(plural: true))")
            #expect(
                (verb.pattern == .posture) == (french.state != nil),
                "a posture is a state in French, and nothing else is")
            #expect(
                (verb.pattern == .object || verb.pattern == .gift) == !verb.objects.isEmpty,
                "\(verb.base) needs its kinds of object")
        }
    }

    @Test("adjectives: four French forms and a German stem that endings fit") func adjectives() {
        for adjective in Adjective.beforeNoun + Adjective.afterNoun {
            #expect(isForm(adjective.english) && isForm(adjective.german.stem), "\(adjective.english)")
            #expect(
                isForm(adjective.french.masculine) && isForm(adjective.french.form(feminine)), "\(adjective.english)")
            #expect(["x", "b", "t"].contains(adjective.kind))
            #expect(
                adjective.french.isPhrase || adjective.french.feminine.hasSuffix("e"), "\(adjective.french.feminine)")
        }
        #expect(
            Adjective.beforeNoun.allSatisfy { $0.french.standsBeforeNoun }
                && !Adjective.afterNoun.contains { $0.french.standsBeforeNoun })
    }

    @Test("small words: every expression has its words, and they come from words that the English one has")
    func expressions() {
        let prepositions = Preposition.places + Preposition.companions + [.of]
        let all =
            prepositions.flatMap { [($0.english, $0.french), ($0.english, $0.german)] }
            + Adverb.all.flatMap { [($0.english, $0.french), ($0.english, $0.german)] }
            + Conjunction.all.map { ([$0.english], $0.french) }
        for (english, expression) in all {
            #expect(!english.isEmpty && !expression.words.isEmpty, "\(english)")
            #expect(expression.words.allSatisfy(isForm), "\(expression.words)")
            #expect(
                expression.sources.allSatisfy { !$0.isEmpty && $0.allSatisfy(english.indices.contains) },
                "\(english) \(expression.words)")
        }
        for preposition in prepositions {
            #expect(!preposition.kinds.isEmpty, "\(preposition.english) can be followed by nothing")
        }
        for name in Name.all { #expect([name.english, name.french, name.german].allSatisfy(isForm)) }
        for conjunction in Conjunction.all { #expect(isForm(conjunction.german)) }
    }

    @Test("German: noun forms by case") func germanNouns() throws {
        func noun(_ english: String) throws -> GermanNoun {
            try #require(Noun.all.first { $0.singular == english }).german
        }
        #expect(try cases.map { try noun("lion").form(plural: false, $0) } == ["Löwe", "Löwen", "Löwen"])
        #expect(try cases.map { try noun("dog").form(plural: true, $0) } == ["Hunde", "Hunde", "Hunden"])
        #expect(try cases.map { try noun("car").form(plural: true, $0) } == ["Autos", "Autos", "Autos"])
        #expect(try cases.map { try noun("girl").form(plural: true, $0) } == ["Mädchen", "Mädchen", "Mädchen"])
    }

    @Test("German: articles and endings by case, gender and number") func germanEndings() {
        let articles = cases.map { grammaticalCase in
            (0..<4).map { GermanForms.article($0, grammaticalCase) }.joined(separator: " ")
        }
        #expect(articles == ["der die das die", "den die das die", "dem der dem den"])
        let phrases: [(GermanDeclension, [String])] = [
            (.weak, ["alte alte alte alten", "alten alte alte alten", "alten alten alten alten"]),
            (.mixed, ["alter alte altes alten", "alten alte altes alten", "alten alten alten alten"]),
            (.strong, ["alter alte altes alte", "alten alte altes alte", "altem alter altem alten"]),
        ]
        for (declension, expected) in phrases {
            let got = cases.map { grammaticalCase in
                (0..<4).map { "alt" + GermanForms.adjectiveEnding(declension, $0, grammaticalCase) }.joined(
                    separator: " ")
            }
            #expect(got == expected)
        }
    }
}

@Suite("Hand-made sentences") struct HandMadeTests {
    private func expect(_ sentence: Sentence, _ english: String, _ french: String, _ german: String) {
        let all = said(sentence)
        #expect(all.english == english)
        #expect(all.french == french)
        #expect(all.german == german)
    }

    @Test("adjectives before a vowel: vieil, bel, nouvel") func beforeVowel() throws {
        var make = MeaningMaker()
        var clause = try make.clause(make.the("friend", ["old"]), .being)
        clause.place = try make.place("in front of", make.the("hotel"))
        expect(
            make.sentence(clause), "the old friend is in front of the hotel", "le vieil ami est devant l' hôtel",
            "der alte Freund ist vor dem Hotel")
        clause = try make.clause(.noun(make.phrase(.a, "bird", ["beautiful"])), .verb(make.verb("sleep", .alone), nil))
        clause.place = try make.place("in", make.the("garden"))
        expect(
            make.sentence(clause), "a beautiful bird sleeps in the garden", "un bel oiseau dort dans le jardin",
            "ein schöner Vogel schläft im Garten")
        let tree = try Nominal.noun(make.phrase(.this, "tree", ["new", "green"]))
        expect(
            try make.sentence(make.clause(make.pronoun(.she), .verb(make.verb("see", .object), tree), .future)),
            "she will see this new green tree", "elle verra ce nouvel arbre vert",
            "sie wird diesen neuen grünen Baum sehen")
    }

    @Test("negation: ne … pas de, n', kein") func negation() throws {
        var make = MeaningMaker()
        let woman = try Nominal.noun(make.phrase(.a, "woman"))
        expect(
            try make.sentence(make.clause(make.the("friend"), .verb(make.verb("see", .object), woman), .present, .not)),
            "the friend does not see a woman", "l' ami ne voit pas de femme", "der Freund sieht keine Frau")
        expect(
            try make.sentence(make.clause(make.pronoun(.she), .adjective(make.adjective("hungry")), .present, .not)),
            "she is not hungry", "elle n' est pas affamée", "sie ist nicht hungrig")
        let child = try Nominal.noun(make.phrase(.a, "child"))
        expect(
            try make.sentence(
                make.clause(make.pronoun(.they), .verb(make.verb("help", .object), child), .perfect, .never)),
            "they have never helped a child", "ils n' ont jamais aidé d' enfant", "sie haben nie einem Kind geholfen")
    }

    @Test("cases: the giver, the gift and the receiver; verbs with the dative; weak nouns") func germanCases() throws {
        var make = MeaningMaker()
        expect(
            try make.sentence(
                make.clause(make.the("teacher"), .gift(make.verb("give", .gift), make.the("key"), to: make.the("king")))
            ),
            "the teacher gives the key to the king", "le professeur donne la clé au roi",
            "der Lehrer gibt dem König den Schlüssel")
        let children = try Nominal.noun(make.phrase(.this, "child", plural: true))
        expect(
            try make.sentence(
                make.clause(children, .verb(make.verb("help", .object), make.the("lion", plural: true)), .perfect)),
            "these children have helped the lions", "ces enfants ont aidé les lions",
            "diese Kinder haben den Löwen geholfen")
        expect(
            try make.sentence(
                make.clause(make.pronoun(.she), .verb(make.verb("think", .object, particle: "of"), make.the("boy")))),
            "she thinks of the boy", "elle pense au garçon", "sie denkt an den Jungen")
    }

    @Test("of the: du, de la, de l', des; vom") func complements() throws {
        var make = MeaningMaker()
        let owners = [
            ("king", false, "du roi", "vom König"), ("queen", false, "de la reine", "von der Königin"),
            ("friend", false, "de l' ami", "vom Freund"), ("dog", true, "des chiens", "von den Hunden"),
        ]
        for (owner, plural, french, german) in owners {
            var door = try make.phrase(.the, "door")
            let nominal = try make.the(owner, plural: plural)
            door.complement = try make.place("of", nominal)
            expect(
                try make.sentence(make.clause(make.pronoun(.he), .verb(make.verb("see", .object), .noun(door)))),
                "he sees the door of the \(plural ? owner + "s" : owner)", "il voit la porte \(french)",
                "er sieht die Tür \(german)")
        }
    }

    @Test("separable verbs part in a main clause and stay whole at the end of another") func separable() throws {
        var make = MeaningMaker()
        let call = try make.verb("call", .object)
        expect(
            try make.sentence(make.clause(make.the("boy"), .verb(call, make.the("doctor")))),
            "the boy calls the doctor", "le garçon appelle le médecin", "der Junge ruft den Arzt an")
        var clause = try make.clause(make.the("girl"), .verb(make.verb("cry", .alone), nil))
        clause.joined = try make.join("because", make.clause(make.the("boy"), .verb(call, make.the("doctor")), .past))
        expect(
            make.sentence(clause), "the girl cries because the boy called the doctor",
            "la fille pleure parce que le garçon a appelé le médecin",
            "das Mädchen weint , weil der Junge den Arzt anrief")
    }

    @Test("a fronted clause: a comma in all three, and the German verb first after it") func fronted() throws {
        var make = MeaningMaker()
        let since = try make.join("since", make.clause(make.pronoun(.he), .verb(make.verb("work", .alone), nil)))
        expect(
            try make.sentence(make.clause(make.the("cat"), .verb(make.verb("sleep", .alone), nil)), fronted: since),
            "since he works , the cat sleeps", "puisqu' il travaille , le chat dort",
            "da er arbeitet , schläft die Katze")
        // "wenn" is "als" in the past.
        let when = try make.join("when", make.clause(make.pronoun(.she), .verb(make.verb("sing", .alone), nil), .past))
        expect(
            try make.sentence(
                make.clause(make.the("cat"), .verb(make.verb("sleep", .alone), nil), .past), fronted: when),
            "when she sang , the cat slept", "quand elle a chanté , le chat a dormi", "als sie sang , schlief die Katze"
        )
    }

    @Test("questions") func questions() throws {
        var make = MeaningMaker()
        expect(
            try make.sentence(make.clause(make.pronoun(.he), .verb(make.verb("sleep", .alone), nil)), question: true),
            "does he sleep ?", "est-ce qu' il dort ?", "schläft er ?")
        expect(
            try make.sentence(
                make.clause(make.the("girl"), .adjective(make.adjective("tired")), .past), question: true),
            "was the girl tired ?", "est-ce que la fille était fatiguée ?", "war das Mädchen müde ?")
    }

    @Test("relative clauses: qui and que; the German pronoun has the case of the gap") func relatives() throws {
        var make = MeaningMaker()
        var man = try make.phrase(.the, "man")
        man.relative = try make.clause(.gap(man), .verb(make.verb("sleep", .alone), nil))
        expect(
            try make.sentence(make.clause(.noun(man), .verb(make.verb("see", .object), make.the("cat")))),
            "the man who sleeps sees the cat", "l' homme qui dort voit le chat",
            "der Mann , der schläft , sieht die Katze")
        for (plural, english, french, german) in [
            (
                true, "the men that the girl helps cry", "les hommes que la fille aide pleurent",
                "die Männer , denen das Mädchen hilft , weinen"
            ),
            (
                false, "the man that the girl helps cries", "l' homme que la fille aide pleure",
                "der Mann , dem das Mädchen hilft , weint"
            ),
        ] {
            var helped = try make.phrase(.the, "man", plural: plural)
            helped.relative = try make.clause(make.the("girl"), .verb(make.verb("help", .object), .gap(helped)))
            expect(
                try make.sentence(make.clause(.noun(helped), .verb(make.verb("cry", .alone), nil))), english, french,
                german)
        }
    }
}
