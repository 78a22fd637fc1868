// Sums, differences, products and the elementwise functions.

import VectorMath

extension Tensor {
    /// a + b, same shapes; or [..., N] + [N], the same vector added to every row.
    public static func + (a: Tensor, b: Tensor) throws -> Tensor {
        let isRow = a.shape != b.shape
        if isRow { try expect(b.shape == Shape(a.shape.last), unfitSum(a.shape, b.shape)) }
        let (rows, columns) = (a.shape.rows, a.shape.last)
        let (y, tape) = result(a.shape, of: a, b)
        if isRow {
            fillRows(rows, columns, with: b.pointer, into: y.pointer)
            add(a.count, a.pointer, y.pointer, into: y.pointer)
        } else {
            add(a.count, a.pointer, b.pointer, into: y.pointer)
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if a.requiresGradient { add(a.count, a.gradientPointer, dy, into: a.gradientPointer) }
            if b.requiresGradient {
                if isRow {
                    addColumnSums(rows, columns, dy, into: b.gradientPointer)
                } else {
                    add(a.count, b.gradientPointer, dy, into: b.gradientPointer)
                }
            }
        }
        return y
    }

    /// What is wrong with a sum, and what to call where a vector for each sentence is to be added at every position of
    /// it.
    private static func unfitSum(_ a: Shape, _ b: Shape) -> String {
        "a + b adds the same shape, or a vector \(Shape(a.last)) to every row; the first operand has shape \(a), the second \(b)"
            + (a.rank == 3 && b.rank == 2
                ? "; to add a row [B,A] to every position of [B,S,A] use addingToEachPosition" : "")
    }

    /// −a.
    public static prefix func - (a: Tensor) -> Tensor { a.scaled(by: -1) }

    /// a − b, same shapes.
    public static func - (a: Tensor, b: Tensor) throws -> Tensor {
        try expect(b.shape, is: a.shape, "a − b: the second operand", axes: "as the first")
        let (y, tape) = result(a.shape, of: a, b)
        subtract(a.count, a.pointer, b.pointer, into: y.pointer)
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if a.requiresGradient { add(a.count, a.gradientPointer, dy, into: a.gradientPointer) }
            if b.requiresGradient { addScaled(a.count, dy, by: -1, into: b.gradientPointer) }
        }
        return y
    }

    /// a ⊙ b, elementwise, same shapes; or [...] · [1], a single number for all.
    public static func * (a: Tensor, b: Tensor) throws -> Tensor {
        let isScalar = b.count == 1 && a.count != 1
        if !isScalar {
            try expect(b.shape, is: a.shape, "a * b: the second operand", axes: "as the first, or a single number")
        }
        let (y, tape) = result(a.shape, of: a, b)
        if isScalar {
            scale(a.count, a.pointer, by: b.pointer[0], into: y.pointer)
        } else {
            multiply(a.count, a.pointer, b.pointer, into: y.pointer)
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if isScalar {
                if a.requiresGradient { addScaled(a.count, dy, by: b.pointer[0], into: a.gradientPointer) }
                if b.requiresGradient { b.gradientPointer[0] += innerProduct(a.count, dy, a.pointer) }
            } else {
                if a.requiresGradient { addProduct(a.count, dy, b.pointer, into: a.gradientPointer) }
                if b.requiresGradient { addProduct(a.count, dy, a.pointer, into: b.gradientPointer) }
            }
        }
        return y
    }

    /// factor · x.
    public func scaled(by factor: Scalar) -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        scale(count, pointer, by: factor, into: y.pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            addScaled(x.count, dy, by: factor, into: x.gradientPointer)
        }
        return y
    }

    /// x / ‖x‖ along the last axis; a row of zeros stays zero.
    ///
    ///     [..., K] → [..., K]
    public func normalized() -> Tensor {
        let (rows, k) = (shape.rows, shape.last)
        let (y, tape) = Tensor.result(shape, of: self)
        let inverse = (0..<rows).map { r -> Scalar in
            let square = innerProduct(k, pointer + r * k, pointer + r * k)
            return square > 0 ? 1 / square.squareRoot() : 0
        }
        for r in 0..<rows { scale(k, pointer + r * k, by: inverse[r], into: y.pointer + r * k) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            // dx = (dy − y (y · dy)) / ‖x‖
            for r in 0..<rows {
                let along = innerProduct(k, dy + r * k, y.pointer + r * k)
                addScaled(k, dy + r * k, by: inverse[r], into: x.gradientPointer + r * k)
                addScaled(k, y.pointer + r * k, by: -along * inverse[r], into: x.gradientPointer + r * k)
            }
        }
        return y
    }

    /// tanh of every element.
    public func tanh() -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        TensorCore.tanh(count, pointer, into: y.pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            tanhBackward(x.count, dy: dy, y: y.pointer, into: x.gradientPointer)
        }
        return y
    }

    /// The logistic function of every element.
    public func sigmoid() -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        TensorCore.sigmoid(count, pointer, into: y.pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            sigmoidBackward(x.count, dy: dy, y: y.pointer, into: x.gradientPointer)
        }
        return y
    }

    /// max(x, 0) of every element; where x is 0, nothing flows back.
    public func relu() -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        TensorCore.relu(count, pointer, into: y.pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            reluBackward(x.count, dy: dy, y: y.pointer, into: x.gradientPointer)
        }
        return y
    }

    /// The sum of all elements, as a tensor of one number.
    public func sum() -> Tensor {
        let (y, tape) = Tensor.result(Shape(1), of: self)
        y.pointer[0] = TensorCore.sum(count, pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let gradient = x.gradientPointer
            for i in 0..<x.count { gradient[i] += dy[0] }
        }
        return y
    }
}
