// The manual's page of operations: it names every one that there is, and its example computes what it says.

import Foundation
import TensorCore
import TestSupport
import Testing

@Suite("Page of operations") struct OperationPageTests {
    @Test("it names every public operation, with its labels") func complete() throws {
        let page = try Manual.text("\(Manual.folder)/Operations.md")
        var count = 0
        for file in try SourceFile.names(in: "TensorCore/Operations") {
            for match in try SourceFile.text(file).matches(
                of: /public (?:static )?(?:prefix )?func ([A-Za-z0-9]+)\(([^{]*?)\)[^()]*\{/)
            {
                // Without the types of closures, and without what is returned.
                let parameters = match.2.replacing(/\([^()]*\)/, with: "").prefix { $0 != ")" }.split(separator: ",")
                let labels = parameters.map { "\($0.split(whereSeparator: \.isWhitespace).first ?? "")" }.map {
                    $0.hasSuffix(":") ? $0 : $0 + ":"
                }
                let name = "\(match.1)(\(labels.joined()))"
                #expect(page.contains("\(name)`"), "Operations.md does not name \(name) of \(file)")
                count += 1
            }
        }
        #expect(count > 35, "so many there are")
    }

    @Test("the example of an operation of one's own has the gradient that finite differences have") func own() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 3)
        let x = builder.uniform("x", [2, 3], bound: 1)
        try #expect(squareRoot(Tensor([4, 9])).values == [2, 3])
        try checkGradients(of: parameters) { try squareRoot(x.exponential()).sum() }
        let page = try Manual.text("\(Manual.folder)/Operations.md")
        let shown = try #require(page.components(separatedBy: "```swift\n").dropFirst().first)
        let block = try #require(shown.components(separatedBy: "```").first)
        let here = try String(contentsOfFile: #filePath, encoding: .utf8)
        #expect(here.hasSuffix(block), "the page shows what stands below")
    }
}

/// √x, elementwise.
func squareRoot(_ x: Tensor) throws -> Tensor {
    try Tensor.operation("squareRoot", on: [x], shape: x.shape) { inputs in
        inputs[0].map { $0.squareRoot() }
    } backward: { inputs, y, dy in
        [zip(y, dy).map { $1 / (2 * $0) }]
    }
}
