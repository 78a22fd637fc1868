// Why dot products are divided by √D: what becomes of the softmax as D grows, with the division and without.

import AttentionScorers
import Foundation
import Randomness
public import Reports
import TensorCore

/// The softmax over the scores of random states: nothing is trained, and the same seed gives the same figures.
///
/// For components that are independent with mean 0 and variance 1, s·h has variance D (Vaswani et al. 2017, footnote
/// 4): large scores, a softmax near one-hot, and a gradient near zero. The size of that gradient is the Frobenius norm
/// of its Jacobian, ‖diag(α) − ααᵀ‖² = Σα² − 2Σα³ + (Σα²)²; it is at most ½, where two weights share everything.
public struct ScaleStudy: Sendable, Codable, Equatable {
    /// One scorer at one width; means over all draws.
    public struct Line: Sendable, Codable, Equatable {
        public let scorer: String
        /// D.
        public let width: Int
        /// Standard deviation of the scores.
        public let scoreDeviation: Double
        /// Of the weights: 0 on one word, 1 spread evenly.
        public let entropy: Double
        public let largestWeight: Double
        /// ‖∂α/∂e‖.
        public let gradient: Double
    }

    /// N, the words of each source.
    public let source: Int
    public let draws: Int
    public let seed: UInt64
    public let lines: [Line]

    public static let widths = [4, 16, 64, 256, 1024]

    /// - Parameter draws: sources with a query each, for every width; both scorers see the same ones.
    public init(widths: [Int] = ScaleStudy.widths, source: Int = 16, draws: Int = 512, seed: UInt64 = 1) throws {
        (self.source, self.draws, self.seed) = (source, draws, seed)
        lines = try widths.flatMap { width in
            try [LuongDotScorer.self, ScaledDotScorer.self].map { (scorer: any AttentionScorer.Type) in
                var random = RandomSource(seed: seed, purpose: "scale \(width)")
                return try Self.line(scorer, width, source, draws, &random)
            }
        }
    }

    private static func line(
        _ type: any AttentionScorer.Type, _ width: Int, _ source: Int, _ draws: Int,
        _ random: inout RandomSource
    ) throws -> Line {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let attention = Attention(
            type.init(ScorerSizes(state: width, attention: width, maximumSource: source), &builder))
        var squares = 0.0, entropy = 0.0, largest = 0.0, gradient = 0.0
        // One source at a time: wide ones together would need hundreds of megabytes.
        for _ in 0..<draws {
            let states = try Tensor(
                (0..<source * width).map { _ in Scalar(random.normal()) }, shape: [1, source, width])
            let query = try Tensor((0..<width).map { _ in Scalar(random.normal()) }, shape: [1, width])
            let memory = try attention.memory(
                states: states, summary: Tensor.zeros([1, width], near: states), lengths: [source])
            let past = Past(before: memory)
            squares += try attention.scores(query: query, memory: memory, past: past).values.reduce(0) {
                $0 + Double($1) * Double($1)
            }
            let weights = try attention.step(query: query, memory: memory, past: past).weights.values.map { Double($0) }
            entropy += Self.entropy(weights)
            largest += weights.max() ?? 0
            gradient += Self.jacobianNorm(weights)
        }
        let n = Double(draws)
        return Line(
            scorer: type.card.name, width: width, scoreDeviation: (squares / (n * Double(source))).squareRoot(),
            entropy: entropy / n, largestWeight: largest / n, gradient: gradient / n)
    }

    /// Divided by its largest value, log N.
    static func entropy(_ weights: [Double]) -> Double {
        -weights.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) } / log(Double(weights.count))
    }

    static func jacobianNorm(_ weights: [Double]) -> Double {
        let squares = weights.reduce(0) { $0 + $1 * $1 }, cubes = weights.reduce(0) { $0 + $1 * $1 * $1 }
        // Rounding can lead below zero where one weight has everything.
        return max(0, squares - 2 * cubes + squares * squares).squareRoot()
    }

    // MARK: for people

    public var table: Table {
        var table = Table(
            [
                Table.Column("scorer", .left), Table.Column("D"), Table.Column("σ of scores"), Table.Column("entropy"),
                Table.Column("largest weight"), Table.Column("gradient"),
            ], names: 2)
        for name in names {
            if !table.rows.isEmpty { table.addRule() }
            for line in lines where line.scorer == name {
                table.add([
                    name, "\(line.width)", NumberText.text(line.scoreDeviation, digits: 2),
                    NumberText.text(line.entropy, digits: 3),
                    NumberText.text(line.largestWeight, digits: 3), NumberText.text(line.gradient, digits: 3),
                ])
            }
        }
        return table
    }

    public var note: String {
        """
        \(draws) random sources of \(source) words, components of mean 0 and variance 1, seed \(seed). σ of scores: √D without the \
        scale, 1 with it. entropy: 0 on one word, 1 spread evenly. gradient: Frobenius norm of the softmax's Jacobian ∂α/∂e, the share of the error \
        that gets through; 0 is saturation.
        """
    }

    /// Entropy and gradient of both scorers.
    public var chart: LineChart {
        func series(_ what: String, _ figure: (Line) -> Double) -> [LineChart.Series] {
            names.map { name in
                LineChart.Series(
                    "\(what), \(name)",
                    lines.filter { $0.scorer == name }.map {
                        LineChart.Point(
                            x: Double($0.width),
                            y: figure($0))
                    })
            }
        }
        return LineChart(
            title: "The softmax over \(source) random states as D grows",
            x: LineChart.Axis("D", .logarithmic, ticks: Set(lines.map { Double($0.width) }).sorted()),
            y: LineChart.Axis("entropy, gradient"),
            series("entropy", \.entropy) + series("gradient", \.gradient))
    }

    private var names: [String] {
        var seen: Set<String> = []
        return lines.map(\.scorer).filter { seen.insert($0).inserted }
    }
}
