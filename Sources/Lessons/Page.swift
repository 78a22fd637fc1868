// What a lesson's code prints and draws while it runs, block by block.

public final class Page {
    public struct Picture: Sendable {
        /// Beside the page, "03_heatmap.svg".
        public let file: String
        public let svg: String
        /// Drawn from a trained model, whose last digits depend on the processor: only the words are compared.
        public let trained: Bool
    }

    /// What each block printed; blocks that did not run yet are not there.
    public private(set) var printed: [String] = []
    public private(set) var pictures: [Picture] = []

    var cell: Int { max(0, printed.count - 1) }

    // What follows is called by the code that the build makes of a page.

    public func begin(cell: Int) { printed.append("") }

    public func print(_ items: [Any], _ separator: String, _ terminator: String) {
        printed[printed.count - 1] += items.map { "\($0)" }.joined(separator: separator) + terminator
    }

    public func picture(_ file: String, _ svg: String, trained: Bool) {
        pictures.append(Picture(file: file, svg: svg, trained: trained))
    }
}
