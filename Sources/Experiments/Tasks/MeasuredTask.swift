// A task: source, target, gold, and what is measured. Translation is one.

public import Corpora
import Reports
public import Seq2Seq

/// What a model is trained for in a comparison, and by which figures it is judged.
///
/// A new one is one file, and one line in a `TaskList`. One whose data are drawn conforms to `ToyTask` too, which gives
/// it four splits, each from a random stream of its own; files of one's own are a `FileTask`. The gold
/// is in the pairs: for each target word the source words that decide it.
public protocol MeasuredTask: Sendable {
    /// In flags, files and tables.
    var name: String { get }
    /// One sentence: what the task is for.
    var summary: String { get }
    /// The rates in it are those that the task understands.
    var defaults: ToyOptions { get }

    /// The options that it reads, with their words above a table. A `ToyTask` has those that it names in `reads`.
    var settings: [Setting<ToyOptions>] { get }

    /// What a model of it must be like, and how it learns, in the place of settings that were left at their defaults
    /// (`prefer`). Default: as everywhere.
    func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings)

    /// Lines above its tables, beside those of its settings. Default: none.
    var about: [String] { get }

    /// - Parameter options: nil for the defaults.
    /// - Throws: `InputError` where the options cannot be met.
    func dataset(seed: UInt64, options: ToyOptions?) throws -> Dataset

    /// The columns of its tables, in their order. The first that is tested over sentences is the one that matters most:
    /// it heads the page, and is drawn against speed.
    var metrics: [Metric] { get }

    /// What a trained model makes of some pairs. Default: greedy translations, and the weights under the reference.
    func answers(of translator: Translator, to pairs: [SentencePair]) throws -> Answers

    /// What is counted of one answer beside words and links, under names of the task's own: its `Metric.counted` are
    /// made of the sums. Leave out what an answer without weights has nothing to say of. Default: nothing.
    func counts(_ answer: Answer) -> [String: Double]

    /// What lies at each position of a source that is no text, for people: "large red circle", "" for nothing. Default:
    /// nil, nobody says.
    func things(in pair: SentencePair) -> [String]?

    /// An example, for people to read. Default: source, target, and for each target word its gold.
    func text(_ pair: SentencePair) -> String
}

extension MeasuredTask {
    public var about: [String] { [] }

    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {}

    public func answers(of translator: Translator, to pairs: [SentencePair]) throws -> Answers {
        try Answers(translating: pairs, with: translator)
    }

    public func counts(_ answer: Answer) -> [String: Double] { [:] }

    public func things(in pair: SentencePair) -> [String]? { nil }

    public func text(_ pair: SentencePair) -> String {
        if pair.extras != nil { return SourcePicture(gold: pair, things: things(in: pair)).text(.none, width: 100) }
        var table = Table([Table.Column("", .left), Table.Column("", .left), Table.Column("", .left)])
        let gold = pair.gold ?? GoldAlignment()
        for (position, word) in pair.target.enumerated() {
            func words(_ links: Set<Link>) -> [String] {
                links.filter { $0.target == position }.map(\.source).sorted().map { pair.source[$0] }
            }
            let sure = words(gold.sure), possible = words(gold.possible.subtracting(gold.sure))
            let from = sure + (possible.isEmpty ? [] : ["(" + possible.joined(separator: " ") + ")"])
            let phenomenon = position < pair.phenomena.count ? pair.phenomena[position] : ""
            table.add(["  " + word, from.joined(separator: " "), phenomenon])
        }
        return Words.join(pair.source) + "\n" + Words.join(pair.target) + "\n" + table.body
    }
}
