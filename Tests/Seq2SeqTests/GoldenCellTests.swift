// GRU and LSTM cells against numbers from PyTorch: the next state, and the gradient of everything that went in.

import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Golden cells") struct GoldenCellTests {
    @Test("states and gradients agree with PyTorch", arguments: [CellKind.gru, .lstm]) func agrees(
        kind: CellKind
    ) throws {
        let golden = try #require(try Golden.cases("cells.json").first { try $0["name"].string == kind.rawValue })
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let inputs = kind == .gru ? ["x", "h"] : ["x", "h", "c"]
        for name in inputs {
            _ = builder.uniform(name, Shape(try golden["inputs"][name].shape), bound: 1)
            try parameters.set(name, to: golden["inputs"][name].scalars)
        }
        var scope = builder.scope("cell")
        let cell = RecurrentCell(kind, inputs: 4, units: 5, &scope)
        // PyTorch keeps [out,in], we keep [in,out]; its gates stand in our order.
        let names = [
            ("weight_ih", "cell.Wi"), ("weight_hh", "cell.Wh"), ("bias_ih", "cell.bi"), ("bias_hh", "cell.bh"),
        ]
        func ours(_ value: Golden) -> [Scalar] { value.shape.count == 2 ? value.transposed : value.scalars }
        for (theirs, name) in names { try parameters.set(name, to: ours(golden["parameters"][theirs])) }

        let x = try #require(parameters["x"]), h = try #require(parameters["h"])
        let next = try cell.step(
            inputGates: x.matmul(cell.Wi, adding: cell.bi), CellState(state: h, cell: parameters["c"]))
        let probe = try golden["probe"].tensor
        var loss = try (next.state * probe).sum()
        if let cell = next.cell { loss = try loss + (cell * probe).sum() }
        try parameters.tape.backward(from: loss)

        func check(_ what: String, _ got: [Scalar], _ expected: [Scalar]) {
            if let message = disagreement("\(kind) \(what)", got, expected) { Issue.record(Comment(rawValue: message)) }
        }
        check("h", next.state.values, try golden["h"].scalars)
        if let cell = next.cell { check("c", cell.values, try golden["c"].scalars) }
        check("loss", [try loss.item()], [Scalar(try golden["loss"].number)])
        for name in inputs {
            check("gradient of \(name)", try #require(parameters[name]).gradient, try golden["gradients"][name].scalars)
        }
        for (theirs, name) in names {
            check("gradient of \(name)", try #require(parameters[name]).gradient, ours(try golden["gradients"][theirs]))
        }
    }
}
