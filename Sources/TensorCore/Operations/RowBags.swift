// Rows of a table added up: what a word is that has several embeddings, such as one for each of its parts.

import VectorMath

/// Which rows of a table each result adds up: bag r has any number of them, repeats allowed, in a fixed order.
public struct RowBags: Sendable, Equatable {
    /// Where each bag begins in `rows`, and where the last ends.
    let starts: [Int]
    let rows: [Int]
    /// The greatest row of all; −1 where every bag is empty.
    let greatest: Int
    let isPossible: Bool

    public init(_ bags: [[Int]]) {
        starts = bags.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        rows = Array(bags.joined())
        greatest = rows.max() ?? -1
        isPossible = (rows.min() ?? 0) >= 0
    }

    public var count: Int { starts.count - 1 }

    /// The rows of one bag.
    public subscript(bag: Int) -> ArraySlice<Int> { rows[starts[bag]..<starts[bag + 1]] }

    /// Some of the bags, in this order, repeats allowed.
    public func chosen(_ bags: [Int]) -> RowBags { RowBags(bags.map { Array(self[$0]) }) }

    /// 1/√n for a bag of n rows: what keeps the variance of its sum that of one row.
    fileprivate func share(_ bag: Int) -> Scalar {
        let size = starts[bag + 1] - starts[bag]
        return size == 0 ? 0 : 1 / Scalar(size).squareRoot()
    }
}

extension Tensor {
    /// y_r = Σ_k table[bag_r,k] / √n_r, n_r the rows of the bag; zeros of an empty one.
    ///
    ///     [V,K] , R bags → [R,K]
    ///
    /// - Complexity: K additions for each row of each bag.
    public func sums(of bags: RowBags) throws -> Tensor {
        try expect(shape.rank == 2, "sums: the table has shape \(shape), expected [V,K]")
        try expect(
            bags.isPossible && bags.greatest < shape[0],
            "sums: rows from \(bags.rows.min() ?? 0) to \(bags.greatest) were asked for, but the table of shape \(shape) "
                + "has rows 0 to \(shape[0] - 1)")
        let table = self, k = shape[1]
        let (y, tape) = Tensor.result(Shape(bags.count, k), of: self)
        for bag in 0..<bags.count {
            let to = y.pointer + bag * k
            to.update(repeating: 0, count: k)
            for row in bags[bag] { add(k, to, pointer + row * k, into: to) }
            scale(k, to, by: bags.share(bag), into: to)
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let gradient = table.gradientPointer
            for bag in 0..<bags.count {
                let share = bags.share(bag)
                for row in bags[bag] { addScaled(k, dy + bag * k, by: share, into: gradient + row * k) }
            }
        }
        return y
    }
}
