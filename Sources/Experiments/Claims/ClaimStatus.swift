// A claim with what became of it: a judgement, or why there is none.

public struct ClaimStatus: Sendable {
    public let claim: Claim
    public let outcome: Outcome

    public enum Outcome: Sendable {
        case judged(Judgement)
        /// Why, and never a verdict.
        case notRun(String)
    }

    public var judgement: Judgement? { if case .judged(let judgement) = outcome { judgement } else { nil } }

    /// - Parameter measures: whether figures that need no training may be taken now.
    /// - Throws: where a measurement fails.
    public init(_ claim: Claim, _ evidence: ClaimEvidence, measures: Bool = true) throws {
        self.claim = claim
        outcome = try Self.outcome(claim, evidence, measures)
    }

    private static func outcome(_ claim: Claim, _ evidence: ClaimEvidence, _ measures: Bool) throws -> Outcome {
        switch claim.basis {
        case .measurement: if !measures { return .notRun("nothing was measured") }
        case .experiment(let name, _):
            guard let (path, file) = evidence.results[name] else {
                return .notRun("the experiment “\(name)” has not been run")
            }
            guard file.missing.isEmpty else {
                return .notRun(
                    "\(path) has \(file.rows.count) of \(file.experiment.runs.count) trainings of the experiment “\(name)”"
                )
            }
        }
        do { return .judged(try claim.judge(evidence)) } catch let missing as NotMeasured {
            return .notRun(missing.why)
        }
    }

    /// The word in the table's column.
    public var verdictText: String { judgement?.verdict.rawValue ?? "not run" }
}
