// Gradients against finite differences: the test that every hand-written backward pass must survive.

import VectorMath

/// One number whose gradient is not what the loss says it is.
public struct GradientMismatch: Error, CustomStringConvertible {
    public let parameter: String
    /// Row-major index within the parameter.
    public let index: Int
    public let shape: Shape
    public let got: Double
    public let expected: Double

    public var description: String {
        let ratio = expected == 0 ? .infinity : got / expected
        let cause: String =
            switch ratio {
            case _ where got == 0:
                "no gradient arrives: is the backward step of an operation missing, or the tensor used outside the tape?"
            case _ where abs(ratio + 1) < 0.01: "the sign is wrong"
            case _ where abs(ratio - 2) < 0.02 || abs(ratio - 0.5) < 0.005:
                "off by a factor of two: is a gradient added twice, or overwritten instead of added where a value is used twice?"
            default: "is a factor missing, an index transposed, or a term of the product rule left out?"
            }
        return
            "gradient of \"\(parameter)\" \(shape) at index \(index): got \(got), expected \(expected) from finite differences; \(cause)"
    }
}

/// Compares the gradients of a loss with central differences D(h) = (f(w + h) − f(w − h)) / 2h.
///
/// Where they differ the loss may only be bent: the error of D(h) goes with h². D(h/2) has a quarter of it and twice the
/// rounding, and (4 D(h/2) − D(h)) / 3 is without it (Richardson's extrapolation) with still more rounding. A gradient
/// that is wrong differs from all three.
///
/// - Parameters:
///   - tolerance: largest |got − expected| / max(|got|, |expected|, floor). In float32 about 1e-2 with h = 1e-2 is what
///     rounding allows; in float64 1e-6.
///   - most: how many elements of each parameter to try, spread evenly.
///   - loss: computes the loss anew from the parameters' present numbers.
/// - Throws: the first `GradientMismatch`, or what `loss` throws.
/// - Returns: the largest relative error seen.
@discardableResult
public func checkGradients(
    of parameters: Parameters, step h: Scalar? = nil, tolerance: Double? = nil, floor: Double = 1e-2,
    most: Int = 24, loss: () throws -> Tensor
) throws -> Double {
    let isDouble = MemoryLayout<Scalar>.size == 8
    let h = h ?? (isDouble ? Scalar(1e-5) : Scalar(1e-2))
    let tolerance = tolerance ?? (isDouble ? 1e-6 : 2e-2)
    parameters.clearGradients()
    parameters.tape.reset()
    try parameters.tape.backward(from: loss())
    var worst = 0.0
    for (name, tensor) in zip(parameters.names, parameters.tensors) {
        let gradient = tensor.gradient
        for index in stride(from: 0, to: tensor.count, by: max(1, tensor.count / most)) {
            let original = tensor.pointer[index]
            func value(at x: Scalar) throws -> Double {
                tensor.pointer[index] = x
                defer { tensor.pointer[index] = original }
                return try parameters.tape.withoutRecording { try Double(loss().item()) }
            }
            func difference(_ h: Scalar) throws -> Double {
                let up = original + h, down = original - h
                return try (value(at: up) - value(at: down)) / Double(up - down)
            }
            let got = Double(gradient[index])
            func error(_ expected: Double) -> Double { abs(got - expected) / max(abs(got), abs(expected), floor) }
            var expected = try difference(h)
            if !(error(expected) <= tolerance) {
                let half = try difference(h / 2)
                expected = error(half) <= tolerance ? half : (4 * half - expected) / 3
            }
            let error = error(expected)
            worst = max(worst, error)
            if !(error <= tolerance) {
                throw GradientMismatch(parameter: name, index: index, shape: tensor.shape, got: got, expected: expected)
            }
        }
    }
    return worst
}
