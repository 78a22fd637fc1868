// An operation that somebody adds without writing to memory: a function of whole tensors and its derivative, both given
// as lists of numbers.

extension Tensor {
    /// y = f(inputs), with a backward pass of one's own.
    ///
    /// Of a function of each row `mappingRows` asks for less. `checkGradients` compares the backward pass with finite
    /// differences.
    ///
    /// - Parameters:
    ///   - name: for the sentence that says what does not fit.
    ///   - inputs: at least one; those of one training, and constants.
    ///   - shape: of y.
    ///   - forward: the numbers of each input, row-major → those of y.
    ///   - backward: those of each input, y and ∂L/∂y → ∂L/∂ of each input, in their order. It is added to what flows
    ///     back from elsewhere. A list without numbers says that no gradient flows to that input.
    /// - Throws: where `forward` gives another count of numbers, and what it throws. Where `backward` gives lists that
    ///   do not fit, `Tape.backward` throws.
    public static func operation(
        _ name: String, on inputs: [Tensor], shape: Shape, forward: ([[Scalar]]) throws -> [Scalar],
        backward: @escaping (_ inputs: [[Scalar]], _ y: [Scalar], _ dy: [Scalar]) -> [[Scalar]]
    ) throws -> Tensor {
        guard let bearer = inputs.first(where: \.requiresGradient) ?? inputs.first(where: \.isTraining) ?? inputs.first
        else {
            throw ShapeError("\(name): an operation needs at least one tensor to work on")
        }
        let values = try forward(inputs.map(\.values))
        try expect(values.count == shape.count, "\(name): \(values.count) numbers came for a result of shape \(shape)")
        let (y, tape) = result(shape, of: bearer)
        y.set(values)
        tape?.record {
            guard y.arrivedGradient != nil else { return }
            let found = backward(inputs.map(\.values), y.values, y.gradient)
            let fits =
                found.count == inputs.count
                && zip(found, inputs).allSatisfy { $0.isEmpty || $0.count == $1.count }
            guard fits else {
                y.storage.workspace.tape?.fail(
                    ShapeError(
                        "\(name): the backward pass gave lists of \(found.map(\.count)) numbers for inputs of shapes "
                            + inputs.map(\.shape.description).joined(separator: ", ")))
                return
            }
            for (gradient, input) in zip(found, inputs) where input.requiresGradient {
                let target = input.gradientPointer
                for (i, number) in gradient.enumerated() { target[i] += number }
            }
        }
        return y
    }

    /// Whether its memory is that of a training, to which results are to belong.
    private var isTraining: Bool { storage.workspace.tape != nil }

    /// For a tensor that has just been made.
    private func set(_ values: [Scalar]) {
        values.withUnsafeBufferPointer {
            if let base = $0.baseAddress { pointer.update(from: base, count: values.count) }
        }
    }
}
