// The cost on a scorer's card as something that can be computed: "B·S·A tanh + B·D·A".

/// A sum of products of sizes. A card may say anything, but what is written in this form can be held against the clock.
///
///     formula = "none" | term " + " term …      term = factor "·" factor … [" tanh"]
///     factor  = capital letter [² or ³] | whole number
public struct CostFormula: Sendable, Equatable {
    /// A product, and what is done so often.
    public struct Term: Sendable, Equatable {
        /// 2 in 2·B·S.
        public var factor = 1
        /// The letters with their exponents: B, S, D … as on `ScorerCard`.
        public var powers: [Character: Int] = [:]
        /// A tanh each, where without the word it is a multiply-add each.
        public var isTanh = false
    }

    /// Empty for "none".
    public let terms: [Term]

    /// - Returns: nil where the text has another form; it is for people to read then.
    public init?(_ text: String) {
        if text == "none" {
            terms = []
            return
        }
        var terms: [Term] = []
        for part in text.split(separator: "+", omittingEmptySubsequences: false) {
            guard let term = Self.term(part) else { return nil }
            terms.append(term)
        }
        self.terms = terms
    }

    /// Operations at these sizes, a tanh counted as one like a multiply-add.
    ///
    /// - Returns: nil where a letter has no size, and where the count is beyond any integer.
    public func count(_ sizes: [Character: Int]) -> Int? {
        var sum = 0
        for term in terms {
            var product = term.factor
            for (letter, power) in term.powers {
                guard let size = sizes[letter] else { return nil }
                for _ in 0..<power {
                    let (next, isTooLarge) = product.multipliedReportingOverflow(by: size)
                    if isTooLarge { return nil }
                    product = next
                }
            }
            let (next, isTooLarge) = sum.addingReportingOverflow(product)
            if isTooLarge { return nil }
            sum = next
        }
        return sum
    }

    // MARK: reading

    private static func term(_ text: Substring) -> Term? {
        let words = text.split(separator: " ")
        guard let product = words.first, words.count == 1 || words.count == 2 && words[1] == "tanh" else { return nil }
        var term = Term(isTanh: words.count == 2)
        for factor in product.split(separator: "·", omittingEmptySubsequences: false) {
            guard multiply(&term, by: factor) else { return nil }
        }
        return term
    }

    private static func multiply(_ term: inout Term, by factor: Substring) -> Bool {
        if let number = Int(factor), number > 0 {
            let (product, isTooLarge) = term.factor.multipliedReportingOverflow(by: number)
            term.factor = product
            return !isTooLarge
        }
        guard let letter = factor.first, ("A"..."Z").contains(letter) else { return false }
        switch factor.dropFirst() {
        case "": term.powers[letter, default: 0] += 1
        case "²": term.powers[letter, default: 0] += 2
        case "³": term.powers[letter, default: 0] += 3
        default: return false
        }
        return true
    }
}

extension ScorerSizes {
    /// What the letters on a card stand for.
    public func letters(batch: Int, source: Int) -> [Character: Int] {
        [
            "B": batch, "S": source, "D": state, "A": attention, "M": maximumSource, "F": filters, "W": filterWidth,
            "K": components,
            "L": min(2 * window + 1, source), "C": chunk,
        ]
    }
}
