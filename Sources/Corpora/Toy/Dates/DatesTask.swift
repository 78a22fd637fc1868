// Dates as people write them, to dates as ISO 8601 writes them: reordering, and many target symbols from one word.

import Randomness

/// Gold links: the digits of year, month and day each to the word that says them. A hyphen is linked with the stroke or
/// dot it stands for; where the source has none it has no sure link, and the words on both sides of it are possible.
public struct DatesTask: ToyTask {
    public let name = "dates"
    public let summary =
        "Dates in many styles, to ISO dates: one word becomes several digits, and the order turns round."
    public let defaults = ToyOptions(lengths: 3...14, longLengths: 20...32)

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        { sourceLength, random in
            var writer = DateWriter()
            repeat {
                if !writer.source.isEmpty { writer.join() }
                let date = CalendarDate.draw(&random)
                writer.write(date, style: random.pick(DateStyle.allCases))
            } while writer.source.count + 2 < sourceLength
            return writer.pair
        }
    }
}

enum DateStyle: CaseIterable {
    case theThirdOfMarch, fridayTheThird, marchThird, march3, plain, strokes, dots
}

struct CalendarDate {
    let year: Int, month: Int, day: Int

    static func draw(_ random: inout RandomSource) -> CalendarDate {
        let year = 1900 + random.below(150), month = 1 + random.below(12)
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return CalendarDate(year: year, month: month, day: 1 + random.below(days))
    }

    /// Zeller's congruence.
    var weekday: String {
        let m = month < 3 ? month + 12 : month, y = month < 3 ? year - 1 : year
        let names = ["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]
        return names[(day + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7]
    }

    var monthName: String {
        [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ][month - 1]
    }

    var ordinal: String {
        let ending = (11...13).contains(day) ? "th" : [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
        return "\(day)\(ending)"
    }
}

/// Writes dates in both forms, with the links between them.
private struct DateWriter {
    private(set) var source: [String] = []
    private var target: [String] = [], phenomena: [String] = [], isContent: [Bool] = []
    private var sure: Set<Link> = [], possible: Set<Link> = []

    var pair: SentencePair {
        SentencePair(
            source: source, target: target, gold: GoldAlignment(sure: sure, possible: possible),
            phenomena: phenomena, isContent: isContent)
    }

    mutating func join() {
        source.append("and")
        emit(";", from: [source.count - 1], "list", isContent: false)
    }

    mutating func write(_ date: CalendarDate, style: DateStyle) {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let start = source.count
        let year = String(date.year)
        // Where year, month and day stand among the words, and the separators before month and day where there are any.
        let (words, places, strokes): ([String], [Int], [Int]) =
            switch style {
            case .theThirdOfMarch: (["the", date.ordinal, "of", date.monthName, year], [4, 3, 1], [])
            case .fridayTheThird:
                ([date.weekday, ",", "the", date.ordinal, "of", date.monthName, year], [6, 5, 3], [])
            case .marchThird: ([date.monthName, date.ordinal, ",", year], [3, 0, 1], [])
            case .march3: ([date.monthName, String(date.day), ",", year], [3, 0, 1], [])
            case .plain: ([String(date.day), date.monthName, year], [2, 1, 0], [])
            case .strokes: ([two(date.day), "/", two(date.month), "/", year], [4, 2, 0], [3, 1])
            case .dots: ([String(date.day), ".", String(date.month), ".", year], [4, 2, 0], [3, 1])
            }
        source += words
        let parts = [(year, "year"), (two(date.month), "month"), (two(date.day), "day")]
        for (part, place) in zip(parts.indices, places) {
            if part > 0 {
                emit(
                    "-", from: strokes.isEmpty ? [] : [start + strokes[part - 1]],
                    possible: [start + places[part - 1], start + place],
                    "separator", isContent: false)
            }
            for digit in parts[part].0 { emit(String(digit), from: [start + place], parts[part].1, isContent: true) }
        }
    }

    private mutating func emit(
        _ symbol: String, from sources: [Int], possible others: [Int] = [], _ phenomenon: String,
        isContent content: Bool
    ) {
        for source in sources { sure.insert(Link(source, target.count)) }
        for source in others { possible.insert(Link(source, target.count)) }
        target.append(symbol)
        phenomena.append(phenomenon)
        isContent.append(content)
    }
}
