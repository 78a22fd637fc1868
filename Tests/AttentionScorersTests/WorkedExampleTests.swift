// The examples that the field's teaching texts work through by hand.

import AttentionLab
import Testing

@Suite("Worked examples") struct WorkedExampleTests {
    private func rounded(_ tensor: Tensor, _ digits: Double) -> [Double] {
        tensor.values.map { (Double($0) * digits).rounded() / digits }
    }

    @Test("e = [2.5, 1.0, 0.5] gives α = [0.74, 0.16, 0.10]") func softmax() throws {
        let weights = try Tensor([2.5, 1.0, 0.5], shape: [1, 3]).maskedSoftmax(lengths: [3])
        // 0.7361, 0.1643, 0.0996: to two places the first is 0.74 and the others 0.16 and 0.10.
        #expect(rounded(weights, 100) == [0.74, 0.16, 0.10])
    }

    @Test("α = [0.74, 0.16, 0.10] gives c = 0.74 h₁ + 0.16 h₂ + 0.10 h₃") func context() throws {
        let states = try Tensor([0.8, -0.2, 0.5, 0.1, 0.1, 0.7, -0.3, 0.4, -0.1, 0.2, 0.1, -0.3], shape: [1, 3, 4])
        let context = try Tensor([0.74, 0.16, 0.10], shape: [1, 3]).weightedSum(of: states)
        #expect(rounded(context, 1000) == [0.598, -0.016, 0.332, 0.108])
    }
}
