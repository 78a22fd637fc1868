// Answers that throw where a result was expected. An error of the student's own says what it says, but not for which
// input.

/// The answer to a call; a complaint that names the call and the expected result where it throws instead.
///
/// - Parameters:
///   - call: as in `expect`.
///   - expected: as it is shown.
///   - cause: a likely reason to throw.
func answer<Answer>(
    _ call: String, expected: String, otherwise cause: String? = nil, _ body: () throws -> Answer
) throws -> Answer {
    do {
        return try body()
    } catch let unfinished as Unfinished {
        throw unfinished
    } catch let complaint as CheckFailure {
        throw complaint
    } catch {
        throw CheckFailure("\(call) threw “\(error)”, expected \(expected)", cause: cause)
    }
}

/// `expect` of an answer that may throw. The cause is that of wrong numbers, so it is not said of an error.
func expectAnswer(
    _ got: @autoclosure () throws -> [Double], equals expected: [Double], within tolerance: Double = 1e-9,
    _ call: String,
    mistakes: [Mistake] = [], otherwise cause: String? = nil
) throws {
    let numbers = try answer(call, expected: list(expected), got)
    try expect(numbers, equals: expected, within: tolerance, call, mistakes: mistakes, otherwise: cause)
}

/// The same for rows.
func expectAnswer(
    _ got: @autoclosure () throws -> [[Double]], equals expected: [[Double]], within tolerance: Double = 1e-9,
    _ call: String,
    mistakes: [Mistake] = [], otherwise cause: String? = nil
) throws {
    let rows = try answer(call, expected: list(expected), got)
    try expect(rows, equals: expected, within: tolerance, call, mistakes: mistakes, otherwise: cause)
}
