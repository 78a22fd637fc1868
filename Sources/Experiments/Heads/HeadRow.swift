// Rows of the tables of a study of heads: means over its models.

public import Corpora
public import Evaluation

public struct HeadRow: Sendable {
    /// Where the head stands: of one model its layer and number, of several the layer and the rank in it.
    public let layer: Int?, head: Int?
    /// What is followed, with the number of models that follow it; the most frequent first.
    public let relations: [(relation: SyntaxRelation, models: Int)]
    public let share: MeanInterval, offsetShare: MeanInterval, difference: MeanInterval
    /// Of one model: the interval over sentences.
    public let sentences: (lower: Double, upper: Double)?
    /// One a model.
    public let followings: [HeadReading.Following]

    /// 95 %, of the difference: over seeds where there are several, over sentences where there is one.
    public var interval: (lower: Double, upper: Double)? {
        followings.count > 1
            ? difference.lower.flatMap { lower in difference.upper.map { (lower, $0) } } : sentences
    }

    init(layer: Int?, head: Int?, _ followings: [HeadReading.Following], _ readings: [HeadReading]) throws {
        (self.layer, self.head, self.followings) = (layer, head, followings)
        let counts = Dictionary(grouping: followings, by: \.relation).mapValues(\.count)
        relations = SyntaxRelation.allCases.compactMap { one in counts[one].map { (one, $0) } }
            .enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element)
        share = MeanInterval(followings.map(\.share))
        offsetShare = MeanInterval(followings.map(\.offsetShare))
        difference = MeanInterval(followings.map(\.difference))
        sentences = try followings.count == 1 && readings.count == 1 ? readings[0].interval(followings[0]) : nil
    }
}

extension HeadStudy {
    private var models: [HeadReading] { readings.map(\.reading) }

    /// A row for each head. Which number a head has is chance, so over several models the heads of a layer stand in
    /// the order of what they gained over the offset on dev.
    public func headRows() throws -> [HeadRow] {
        let all = models.map { reading in reading.heads.compactMap(reading.followed) }
        let layers = Set(all.joined().map(\.layer)).sorted()
        return try layers.flatMap { layer in
            let ofLayer = all.map { ones in
                let ones = ones.filter { $0.layer == layer }
                return models.count > 1 ? ones.sorted { $0.differenceOnDev > $1.differenceOnDev } : ones
            }
            return try (0..<(ofLayer.map(\.count).max() ?? 0)).map { place in
                let ones = ofLayer.compactMap { place < $0.count ? $0[place] : nil }
                return try HeadRow(
                    layer: layer, head: models.count > 1 ? place + 1 : ones.first?.head, ones, models)
            }
        }
    }

    /// A row for each relation that there is: the head that was best on dev in each model.
    public func relationRows() throws -> [(relation: SyntaxRelation, row: HeadRow)] {
        try SyntaxRelation.allCases.compactMap { relation in
            let ones = models.compactMap { $0.best(at: relation) }
            guard !ones.isEmpty else { return nil }
            return (relation, try HeadRow(layer: nil, head: nil, ones, models))
        }
    }
}
