// What a claim's own rule made of the measurements.

public struct Judgement: Sendable, Codable, Equatable {
    public let verdict: Verdict
    /// The verdict in words, with the figures that decided it.
    public let sentence: String
    /// Those that decided it first.
    public let figures: [ClaimFigure]

    public init(_ verdict: Verdict, _ sentence: String, _ figures: [ClaimFigure]) {
        (self.verdict, self.sentence, self.figures) = (verdict, sentence, figures)
    }

    /// The verdict follows from the answers of the figures.
    public init(_ figures: [ClaimFigure], _ sentence: (Verdict) -> String) {
        let verdict = Verdict(of: figures.compactMap(\.answer))
        self.init(verdict, sentence(verdict), figures)
    }

    /// Whether chance is in it: whether some part has an interval.
    public var hasIntervals: Bool { figures.contains { $0.answer != nil && $0.halves != nil } }

    public static func notTestable(_ why: String, _ figures: [ClaimFigure] = []) -> Judgement {
        Judgement(.notTestable, why, figures)
    }
}

/// Results lack what a claim is judged by: there is no verdict then, not even "not testable".
struct NotMeasured: Error {
    let why: String

    init(_ why: String) { self.why = why }
}
