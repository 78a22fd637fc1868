// Which pairs go into which batch. Similar lengths go together, because padding costs time.

import Randomness

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
    public let batchSize: Int
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
        try self.init(pairs, batchSize: batchSize, at: Position(epoch: 0, batch: 0, random: random))
    }

    /// Goes on from a saved position: with the same pairs and batch size, the same batches follow.
    public init(_ pairs: [EncodedPair], batchSize: Int, at position: Position) throws {
        try Self.check(pairs, batchSize)
        self.pairs = pairs
        self.batchSize = batchSize
        self.position = position
        afterPlan = position.random
        plan = Self.plan(pairs, batchSize, &afterPlan)
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
            plan = Self.plan(pairs, batchSize, &afterPlan)
        }
        let indices = plan[position.batch]
        position.batch += 1
        return Batch(pairs: indices.map { pairs[$0] }, indices: indices)
    }

    /// Each pair once, by length, without chance: for evaluation. `Batch.indices` tells where each one belongs.
    public static func inOrder(_ pairs: [EncodedPair], batchSize: Int) throws -> [Batch] {
        try check(pairs, batchSize)
        return cut(sorted(Array(pairs.indices), pairs), batchSize).map { indices in
            Batch(pairs: indices.map { pairs[$0] }, indices: indices)
        }
    }

    private static func check(_ pairs: [EncodedPair], _ batchSize: Int) throws {
        guard !pairs.isEmpty else {
            throw InputError("there are no sentence pairs to make batches of; expected at least one")
        }
        guard batchSize >= 1 else {
            throw InputError("a batch cannot have \(batchSize) pairs; choose a batch size of at least 1")
        }
    }

    private static func plan(_ pairs: [EncodedPair], _ batchSize: Int, _ random: inout RandomSource) -> [[Int]] {
        var order = Array(pairs.indices)
        random.shuffle(&order)
        let pool = batchSize.multipliedReportingOverflow(by: poolBatches)
        var batches = cut(order, pool.overflow ? .max : pool.partialValue).flatMap { cut(sorted($0, pairs), batchSize) }
        random.shuffle(&batches)
        return batches
    }

    private static func sorted(_ indices: [Int], _ pairs: [EncodedPair]) -> [Int] {
        // The index settles ties: Swift does not promise a stable sort.
        indices.map { (pairs[$0].source.count, pairs[$0].target.count, $0) }.sorted { $0 < $1 }.map { $0.2 }
    }

    private static func cut(_ indices: [Int], _ size: Int) -> [[Int]] {
        stride(from: 0, to: indices.count, by: min(size, indices.count)).map {
            Array(indices[$0..<min($0 + min(size, indices.count), indices.count)])
        }
    }
}
