// Which pairs go into which batch. Similar lengths go together, because padding costs time.

import Randomness

/// How large a batch may be.
public struct BatchLimit: Sendable, Equatable {
    public var pairs: Int
    /// Of both sides, padding and ends of sentences counted: what a batch takes in memory. A pair that has more is a
    /// batch by itself.
    public var tokens: Int

    /// So many tokens for each pair are more than sentences of the toy languages have; long text has batches of fewer
    /// pairs.
    public static let tokensPerPair = 128

    /// - Parameter tokens: nil for `tokensPerPair` times as many as pairs.
    public init(pairs: Int, tokens: Int? = nil) {
        self.pairs = pairs
        let usual = pairs.multipliedReportingOverflow(by: Self.tokensPerPair)
        self.tokens = tokens ?? (usual.overflow ? .max : usual.partialValue)
    }

    /// What is read side by side where nothing is learnt from it.
    /// - Parameter tokens: nil for those of 64 pairs, however many pairs there are.
    public static func evaluation(pairs: Int, tokens: Int? = nil) -> BatchLimit {
        BatchLimit(pairs: pairs, tokens: tokens ?? 64 * tokensPerPair)
    }

    /// How many pairs as long as that fit into a batch.
    public func count(source: Int, target: Int) -> Int {
        max(1, min(pairs, tokens / (source + target + 1)))
    }
}

/// An endless series of training batches, epoch after epoch, that can be left and taken up again.
public struct Batches: Sendable {
    /// All that is needed to go on with the same data: save it in a checkpoint.
    public struct Position: Sendable, Codable, Equatable {
        /// Epochs that were finished, counted from 0.
        public internal(set) var epoch: Int
        /// The next batch of the epoch.
        public internal(set) var batch: Int
        /// The stream as it was when the epoch began: its batches are made again from it.
        var random: RandomSource
    }

    public let pairs: [EncodedPair]
    public let limit: BatchLimit
    public private(set) var position: Position
    /// Indices into `pairs`, one list a batch, of the present epoch.
    private var plan: [[Int]]
    private var afterPlan: RandomSource

    /// Pairs are sorted by length within pools of so many batches, so that batches are even but epochs differ. Tried:
    /// 100 saves a tenth of the time, because targets pad less, but batches of nearly the same lengths teach less: on
    /// English to French 84 % of sentences right in place of 89.
    private static let poolBatches = 20

    /// - Throws: `InputError` where there are no pairs or the batch size is below 1.
    public init(_ pairs: [EncodedPair], batchSize: Int, random: RandomSource) throws {
        try self.init(pairs, BatchLimit(pairs: batchSize), random: random)
    }

    public init(_ pairs: [EncodedPair], _ limit: BatchLimit, random: RandomSource) throws {
        try self.init(pairs, limit, at: Position(epoch: 0, batch: 0, random: random))
    }

    /// Goes on from a saved position: with the same pairs and limits, the same batches follow.
    public init(_ pairs: [EncodedPair], _ limit: BatchLimit, at position: Position) throws {
        try Self.check(pairs, limit)
        self.pairs = pairs
        self.limit = limit
        self.position = position
        afterPlan = position.random
        plan = Self.plan(pairs, limit, &afterPlan)
        guard (0...plan.count).contains(position.batch) else {
            throw InputError(
                "the saved position is batch \(position.batch) of an epoch, but these pairs make \(plan.count) batches; resume with the data and batch size of the first run"
            )
        }
    }

    public var batchesPerEpoch: Int { plan.count }

    /// Whether the last batch that `next()` gave ended its epoch.
    public var isAtEpochEnd: Bool { position.batch == plan.count }

    /// The next batch; after the last of an epoch, the first of the next one.
    public mutating func next() -> Batch {
        if isAtEpochEnd {
            position = Position(epoch: position.epoch + 1, batch: 0, random: afterPlan)
            plan = Self.plan(pairs, limit, &afterPlan)
        }
        let indices = plan[position.batch]
        position.batch += 1
        return Batch(pairs: indices.map { pairs[$0] }, indices: indices)
    }

    /// Each pair once, by length, without chance: for evaluation. `Batch.indices` tells where each one belongs.
    public static func inOrder(_ pairs: [EncodedPair], batchSize: Int) throws -> [Batch] {
        try inOrder(pairs, .evaluation(pairs: batchSize))
    }

    public static func inOrder(_ pairs: [EncodedPair], _ limit: BatchLimit) throws -> [Batch] {
        try check(pairs, limit)
        return cut(sorted(Array(pairs.indices), pairs), pairs, limit).map { indices in
            Batch(pairs: indices.map { pairs[$0] }, indices: indices)
        }
    }

    private static func check(_ pairs: [EncodedPair], _ limit: BatchLimit) throws {
        guard !pairs.isEmpty else {
            throw InputError("there are no sentence pairs to make batches of; expected at least one")
        }
        guard limit.pairs >= 1 else {
            throw InputError("a batch cannot have \(limit.pairs) pairs; choose a batch size of at least 1")
        }
    }

    private static func plan(_ pairs: [EncodedPair], _ limit: BatchLimit, _ random: inout RandomSource) -> [[Int]] {
        var order = Array(pairs.indices)
        random.shuffle(&order)
        let pool = limit.pairs.multipliedReportingOverflow(by: poolBatches)
        var batches = pools(order, pool.overflow ? .max : pool.partialValue).flatMap {
            cut(sorted($0, pairs), pairs, limit)
        }
        random.shuffle(&batches)
        return batches
    }

    private static func sorted(_ indices: [Int], _ pairs: [EncodedPair]) -> [Int] {
        // The index settles ties: Swift does not promise a stable sort.
        indices.map { (pairs[$0].source.count, pairs[$0].target.count, $0) }.sorted { $0 < $1 }.map { $0.2 }
    }

    /// One after the other into batches that are as full as they may be.
    private static func cut(_ indices: [Int], _ pairs: [EncodedPair], _ limit: BatchLimit) -> [[Int]] {
        var batches: [[Int]] = [], batch: [Int] = [], source = 0, target = 0
        for index in indices {
            let pair = pairs[index]
            (source, target) = (max(source, pair.source.count), max(target, pair.target.count))
            if !batch.isEmpty, batch.count >= limit.count(source: source, target: target) {
                batches.append(batch)
                (batch, source, target) = ([], pair.source.count, pair.target.count)
            }
            batch.append(index)
        }
        return batches + (batch.isEmpty ? [] : [batch])
    }

    private static func pools(_ indices: [Int], _ size: Int) -> [[Int]] {
        stride(from: 0, to: indices.count, by: min(size, indices.count)).map {
            Array(indices[$0..<min($0 + min(size, indices.count), indices.count)])
        }
    }
}
