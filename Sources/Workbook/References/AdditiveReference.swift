// The additive score that answers are compared with.

import Foundation

extension AdditiveParameters {
    /// e [S] of a query [D] and states [S][D]; the activation is tanh, unless a mistake is to be shown.
    func scores(query: [Double], states: [[Double]], activation: (Double) -> Double = { tanh($0) }) -> [Double] {
        let fromQuery = Plain.rowProduct(query, Wa)
        return states.map { state in
            Plain.dot(va, Plain.sum(Plain.sum(fromQuery, Plain.rowProduct(state, Ua)), b).map(activation))
        }
    }

    /// As the arguments of a call, so that a failing test can be followed on paper.
    var shown: String { "parameters: Wa = \(list(Wa)), Ua = \(list(Ua)), va = \(list(va))" }

    /// How to read them.
    static let layout = "a row of Wa or Ua for each number that goes in, a column for each hidden unit"
}
