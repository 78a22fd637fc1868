// What a check says of a wrong answer: the input, the place, what came, what was expected, and the likely cause.

/// An answer is wrong, and this is why.
public struct CheckFailure: Error, Sendable, CustomStringConvertible {
    public let description: String

    /// - Parameters:
    ///   - what: a sentence with the input, what came, and what was expected.
    ///   - cause: the likely reason, as a sentence without its full stop; a question keeps its mark.
    public init(_ what: String, cause: String? = nil) {
        description = what + (cause.map { "\n  Likely cause: \(stopped($0))" } ?? "")
    }
}

/// A wrong result that is known, so that a complaint can name the cause instead of guessing it.
public struct Mistake {
    let cause: String
    let result: () throws -> [Double]

    /// - Parameters:
    ///   - cause: as in "the mask was applied after the softmax, so that the rest no longer sums to 1".
    ///   - result: what an answer with this mistake gives.
    public init(_ cause: String, gives result: @escaping @autoclosure () throws -> [Double]) {
        (self.cause, self.result) = (cause, result)
    }

    public init(_ cause: String, givesRows result: @escaping @autoclosure () throws -> [[Double]]) {
        self.init(cause, gives: try result().flatMap { $0 })
    }
}

/// Compares numbers, and complains about the first that differs.
///
/// - Parameters:
///   - tolerance: what rounding may take, as a share of the largest expected number, or of 1 where all are smaller:
///     1e-9 for what is computed in Double, 1e-5 where the library's float32 comes in.
///   - what: the call, with its input: "softmax([1, 2, 3])".
///   - mistakes: known wrong results; the one that came names its cause.
///   - cause: said where no known mistake fits.
public func expect(
    _ got: [Double], equals expected: [Double], within tolerance: Double = 1e-9, _ what: String,
    mistakes: [Mistake] = [], otherwise cause: String? = nil
) throws {
    guard let index = firstDifference(got, expected, tolerance) else { return }
    let place: String
    if got.count != expected.count {
        place = "has \(counted(got.count, "number")), expected \(expected.count)"
    } else {
        let shown = apart(got[index], expected[index])
        place = "is \(shown.got) at index \(index), expected \(shown.expected)"
    }
    throw CheckFailure(
        "\(what) \(place)\(lists(got, expected))", cause: known(got, mistakes, tolerance) ?? cause ?? nanCause(got))
}

/// The same for rows, which are named by both their indices.
public func expect(
    _ got: [[Double]], equals expected: [[Double]], within tolerance: Double = 1e-9, _ what: String,
    mistakes: [Mistake] = [], otherwise cause: String? = nil
) throws {
    let flat = got.flatMap { $0 }, wanted = expected.flatMap { $0 }
    let widths = got.map(\.count), wantedWidths = expected.map(\.count)
    if widths == wantedWidths, firstDifference(flat, wanted, tolerance) == nil { return }
    let place: String
    if widths != wantedWidths {
        place = "has the shape [\(shape(widths))], expected [\(shape(wantedWidths))]"
    } else {
        let places = expected.indices.lazy.compactMap { r in
            firstDifference(got[r], expected[r], tolerance).map { (r, $0) }
        }
        let (row, column) = places.first ?? (0, 0), shown = apart(got[row][column], expected[row][column])
        place = "is \(shown.got) in row \(row), column \(column), expected \(shown.expected)"
    }
    let shown = got.map { "\n    " + list($0) }.joined(), wantedShown = expected.map { "\n    " + list($0) }.joined()
    throw CheckFailure(
        "\(what) \(place)\n  got\(shown)\n  expected\(wantedShown)",
        cause: known(flat, mistakes, tolerance) ?? cause ?? nanCause(flat))
}

public func expect(
    _ got: Double, equals expected: Double, within tolerance: Double = 1e-9, _ what: String,
    mistakes: [Mistake] = [], otherwise cause: String? = nil
) throws {
    if firstDifference([got], [expected], tolerance) == nil { return }
    let shown = apart(got, expected)
    throw CheckFailure(
        "\(what) is \(shown.got), expected \(shown.expected)",
        cause: known([got], mistakes, tolerance) ?? cause ?? nanCause([got]))
}

/// A condition that is no comparison of numbers.
public func require(
    _ condition: Bool, _ what: @autoclosure () -> String, cause: @autoclosure () -> String? = nil
) throws {
    if !condition { throw CheckFailure(what(), cause: cause()) }
}

/// That an input which has no answer is refused with an error, instead of a number or a trap.
public func expectError(_ what: String, cause: String? = nil, _ body: () throws -> Void) throws {
    do { try body() } catch let unfinished as Unfinished { throw unfinished } catch { return }
    throw CheckFailure("\(what) gave a result, expected an error that says what is wrong", cause: cause)
}

// MARK: how numbers are shown

/// Up to six digits, without zeros at the end.
public func short(_ number: Double) -> String { text(number, scale: 1e6) }

/// - Parameter scale: ten to the number of digits.
private func text(_ number: Double, scale: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-∞" : "∞" }
    let size = abs(number)
    if size != 0, size < 1e-4 || size >= 1e7 { return scale > 1e6 ? "\(number)" : String(format: "%.3g", number) }
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}

/// Two numbers that differ, with six digits or as many more as it takes to tell them apart: "is 0.3, expected 0.3"
/// helps nobody.
private func apart(_ got: Double, _ expected: Double) -> (got: String, expected: String) {
    for scale in [1e6, 1e9, 1e12] {
        let texts = (text(got, scale: scale), text(expected, scale: scale))
        if texts.0 != texts.1 { return texts }
    }
    return ("\(got)", "\(expected)")
}

/// With a full stop, unless it ends as a sentence already.
func stopped(_ sentence: String) -> String { "?!.…".contains(sentence.last ?? ".") ? sentence : sentence + "." }

/// "[1, 2.5, 3]".
public func list(_ numbers: [Double]) -> String { "[" + numbers.map(short).joined(separator: ", ") + "]" }

/// "[[1, 2], [3, 4]]".
public func list(_ rows: [[Double]]) -> String { "[" + rows.map(list).joined(separator: ", ") + "]" }

private func lists(_ got: [Double], _ expected: [Double]) -> String {
    expected.count + got.count < 3 ? "" : "\n  got      \(list(got))\n  expected \(list(expected))"
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

private func shape(_ widths: [Int]) -> String {
    Set(widths).count <= 1
        ? "\(widths.count),\(widths.first ?? 0)"
        : "\(widths.count) rows of \(widths.map(String.init).joined(separator: ", "))"
}

private func nanCause(_ numbers: [Double]) -> String? {
    numbers.contains { $0.isNaN }
        ? "0/0 or ∞ − ∞; look for a division by a sum that can be 0, or an exponential that overflows" : nil
}

/// The cause of the mistake that gives these numbers.
private func known(_ got: [Double], _ mistakes: [Mistake], _ tolerance: Double) -> String? {
    mistakes.first { mistake in
        (try? mistake.result()).map { firstDifference(got, $0, max(tolerance, 1e-9)) == nil } ?? false
    }?.cause
}

/// The first index where two lists differ by more than rounding, which takes a share of the size of what was summed:
/// that of the largest expected number, and 1 where all are smaller. A small number among large ones came of large
/// terms that cancelled.
private func firstDifference(_ got: [Double], _ expected: [Double], _ tolerance: Double) -> Int? {
    guard got.count == expected.count else { return min(got.count, expected.count) }
    let size = expected.lazy.map { abs($0) }.filter { $0.isFinite }.max() ?? 0
    return got.indices.first { got[$0] != expected[$0] && !(abs(got[$0] - expected[$0]) <= tolerance * max(1, size)) }
}
