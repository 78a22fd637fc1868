// A short report, to its headline: nearly everything is left out, and much of what stays was never seen in training.

import Randomness

/// "it rained . tovemir , the baker , sold 4817250 chairs in lisbon ." → "tovemir sells 4817250 chairs".
///
/// What copying is for: a new name or number is in no vocabulary, and the headline needs it. Which of the report's
/// names and numbers is the right one, the sentence around it tells. Gold links: every word of the headline to the word
/// it comes from.
///
/// New names and numbers are drawn from some two and ten million; how often one of test was drawn in training as well
/// is a matter of chance, less than one in a hundred.
public struct SummaryTask: ToyTask {
    public let name = "summary"
    public let summary =
        "A report of several sentences, to its headline: most words are left out, and new names and numbers must be copied."
    public let defaults = ToyOptions(
        lengths: 8...30, longLengths: 32...60, rates: ["known name": 0.3, "known number": 0.3])

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        { sourceLength, random in
            var reporter = Reporter(options)
            let event = reporter.event(&random)
            var others: [[String]] = [], length = event.words.count
            while true {
                let sentence = reporter.remark(&random)
                if length + sentence.count > sourceLength { break }
                others.append(sentence)
                length += sentence.count
            }
            let place = random.below(others.count + 1), start = others[..<place].joined().count
            return SentencePair(
                source: others[..<place].joined() + event.words + others[place...].joined(),
                target: event.headline.map(\.word),
                gold: GoldAlignment(sure: Set(event.headline.enumerated().map { Link(start + $1.place, $0) })),
                phenomena: event.headline.map(\.phenomenon), isContent: event.headline.map { _ in true })
        }
    }
}

/// Writes the sentences of one report. No name and no number comes twice.
private struct Reporter {
    private let options: ToyOptions
    private var used: Set<String> = []

    init(_ options: ToyOptions) { self.options = options }

    struct Event {
        var words: [String] = []
        /// The words of the headline, and where in the event they come from.
        var headline: [(word: String, place: Int, phenomenon: String)] = []
    }

    /// Who did what to how many of what.
    mutating func event(_ random: inout RandomSource) -> Event {
        var event = Event()
        func add(_ word: String, as headline: String, _ phenomenon: String) {
            event.headline.append((headline, event.words.count, phenomenon))
            event.words.append(word)
        }
        if random.chance(0.4) { event.words += random.pick(openings) }
        let who = name(&random), verb = random.pick(chosen(verbs)), count = number(&random),
            thing = random.pick(chosen(things))
        add(who.word, as: who.word, who.isNew ? "new name" : "known name")
        if random.chance(0.5) { event.words += [",", "the", random.pick(roles), ","] }
        add(verb.past, as: verb.present, "verb")
        add(count.word, as: count.word, count.isNew ? "new number" : "known number")
        add(thing, as: thing, "thing")
        if random.chance(0.4) { event.words += ["in", random.pick(towns)] }
        event.words.append(".")
        return event
    }

    /// A sentence that the headline leaves out, with names and numbers of its own.
    mutating func remark(_ random: inout RandomSource) -> [String] {
        switch random.below(8) {
        case 0: ["it", "rained", "in", random.pick(towns), "."]
        case 1: [name(&random).word, "saw", "nothing", "."]
        case 2: ["the", "road", "to", random.pick(towns), "was", "closed", "."]
        case 3: [number(&random).word, "people", "watched", "."]
        case 4: ["nobody", "knows", "why", "."]
        case 5: [name(&random).word, ",", "the", random.pick(roles), ",", "was", "not", "there", "."]
        case 6: ["the", "police", "asked", name(&random).word, "."]
        default: ["it", "cost", number(&random).word, "euros", "."]
        }
    }

    private mutating func name(_ random: inout RandomSource) -> (word: String, isNew: Bool) {
        let isNew = !random.chance(options.rate("known name"))
        return (once(&random) { isNew ? newName(&$0) : $0.pick(knownNames) }, isNew)
    }

    private mutating func number(_ random: inout RandomSource) -> (word: String, isNew: Bool) {
        let isNew = !random.chance(options.rate("known number"))
        return (once(&random) { isNew ? String(100_000 + $0.below(9_900_000)) : $0.pick(knownNumbers) }, isNew)
    }

    /// A word that the report does not have yet. Where all known ones are used up, one comes again.
    private mutating func once(_ random: inout RandomSource, _ draw: (inout RandomSource) -> String) -> String {
        for _ in 0..<100 {
            let word = draw(&random)
            if used.insert(word).inserted { return word }
        }
        return draw(&random)
    }

    private func chosen<Word>(_ words: [Word]) -> ArraySlice<Word> {
        words.prefix(max(1, Int((Double(words.count) * options.lexiconShare).rounded())))
    }
}

private func newName(_ random: inout RandomSource) -> String {
    let syllables = (0..<3).map { _ in
        random.pick(["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"])
            + random.pick(["a", "e", "i", "o", "u"])
    }
    return syllables.joined() + random.pick(["", "l", "n", "r", "s", "th"])
}

private let knownNames = [
    "maria", "peter", "anna", "omar", "lucy", "ivan", "sara", "david", "nina", "carlos", "emma", "yusuf",
    "clara", "felix", "rosa", "hugo", "mina", "oscar", "julia", "adam",
]
private let knownNumbers = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
    "thirty", "forty", "fifty", "sixty",
]
private let openings = [
    ["yesterday"], ["this", "morning"], ["last", "night"], ["on", "monday"], ["in", "the", "end"],
]
private let roles = [
    "baker", "teacher", "doctor", "farmer", "painter", "sailor", "judge", "tailor", "gardener", "driver", "nurse",
    "singer",
]
private let towns = [
    "lisbon", "vienna", "cairo", "oslo", "lima", "kyoto", "dublin", "athens", "quito", "riga", "tunis", "bern",
]
private let verbs: [(past: String, present: String)] = [
    ("sold", "sells"), ("bought", "buys"), ("found", "finds"), ("lost", "loses"), ("stole", "steals"),
    ("built", "builds"),
    ("painted", "paints"), ("counted", "counts"), ("planted", "plants"), ("washed", "washes"), ("sent", "sends"),
    ("broke", "breaks"),
    ("carried", "carries"), ("hid", "hides"), ("drew", "draws"), ("burnt", "burns"), ("wore", "wears"),
    ("kept", "keeps"),
    ("threw", "throws"), ("chose", "chooses"),
]
private let things = [
    "apples", "chairs", "letters", "horses", "boats", "books", "bottles", "windows", "trees", "tickets", "shoes",
    "bicycles", "lamps",
    "maps", "coins", "hats", "tables", "clocks", "carpets", "doors", "bells", "wheels", "baskets", "candles", "coats",
    "drums", "forks",
    "gloves", "keys", "knives", "mirrors", "nets", "ovens", "pens", "plates", "ropes", "spoons", "swords", "toys",
    "walls",
]
