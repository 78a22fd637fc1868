// What a scorer says of itself: shown by `attention scorers` and above every table.

/// Name, equation, source and cost of a scorer.
public struct ScorerCard: Sendable, Equatable {
    /// What the command line and the tables call it: lower case, words joined by hyphens.
    public let name: String
    /// The score of query s against state hᵢ, in the paper's symbols.
    public let equation: String
    /// Authors, year, section or equation.
    public let paper: String
    /// Operations a decoder step, beyond the keys. B batch, S source length, D query and state width, A attention
    /// width, and F filters, W their width, K components, M longest source, L words of a window, C of a chunk. In the
    /// form that `CostFormula` reads, `attention bench` compares it with the clock.
    public let cost: String
    /// Whether its weights say where it looked. Scorers that look nowhere have a dash in the alignment columns.
    public let hasAlignment: Bool
    /// Whether a score depends on where a state stands, and not only on what it is. The contract tests hold a scorer to
    /// it: without, states in another order must give the same scores in that order.
    public let usesPosition: Bool
    public let family: ScorerFamily
    public let mass: Mass
    /// Whether the normaliser that was chosen makes its weights. One that makes them itself cannot have another.
    public let normalises: Bool
    /// Whether it moves along the source and never back, so that a task which needs to go back is out of its reach.
    public let walks: Bool
    /// Whether its walk can be read as one word a step, too: `Decision.hard`.
    public let decides: Bool

    /// What its weights sum to over the real words.
    public enum Mass: Sendable {
        /// 1, always.
        case one
        /// What is missing looks at nothing.
        case atMostOne
        /// Any sum: the weights are densities.
        case free
    }

    public init(
        name: String, equation: String, paper: String, cost: String, hasAlignment: Bool = true,
        usesPosition: Bool = false, family: ScorerFamily = .content, mass: Mass = .one, normalises: Bool = true,
        walks: Bool = false, decides: Bool = false
    ) {
        self.name = name
        self.equation = equation
        self.paper = paper
        self.cost = cost
        self.hasAlignment = hasAlignment
        self.usesPosition = usesPosition
        (self.family, self.mass, self.normalises) = (family, mass, normalises)
        (self.walks, self.decides) = (walks, decides)
    }
}

extension ScorerCard {
    /// What is wrong with a name that is to be typed, and to stand in tables; nil where nothing is.
    public static func fault(ofName name: String) -> String? {
        if name.isEmpty { return "a name has at least one letter" }
        if name.hasPrefix("-") { return "a name that begins with a hyphen would be taken for an option" }
        if name.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "," }) {
            return "a name has no spaces and no commas: hyphens join its words"
        }
        let unseen = name.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.isDefaultIgnorableCodePoint
        }
        return unseen ? "a name has no characters that cannot be seen" : nil
    }
}

/// The sizes a scorer may build its parameters from.
public struct ScorerSizes: Sendable, Equatable {
    /// D: width of the query and of the encoder's states. The same, so that a plain dot product needs no projection.
    public let state: Int
    /// A: width of the hidden layer of additive scorers, and of projected queries and keys.
    public let attention: Int
    /// Longest source a location-based scorer can point into.
    public let maximumSource: Int
    /// Filters and their (odd) width for scorers that look at past weights around a position.
    public let filters: Int
    public let filterWidth: Int
    /// N of scorers with several heads; a divisor of D.
    public let heads: Int
    /// K, for scorers that look around several places at once.
    public let components: Int
    /// w: local attention sees so many words on each side of a place.
    public let window: Int
    /// Words of a chunk, for scorers that look back a little from where they have come to.
    public let chunk: Int

    /// Two words on each side.
    public static let filterWidth = 5

    /// - Parameter heads: where D is no multiple of it, as many as divide both.
    public init(
        state: Int, attention: Int, maximumSource: Int = 64, filters: Int = 8,
        filterWidth: Int = ScorerSizes.filterWidth, heads: Int = 4, components: Int = 5, window: Int = 5, chunk: Int = 3
    ) {
        self.state = state
        self.attention = attention
        self.maximumSource = maximumSource
        self.filters = filters
        self.filterWidth = filterWidth
        self.heads = Self.divisor(heads, state)
        (self.components, self.window, self.chunk) = (components, window, chunk)
    }

    /// The same with another width of the hidden layer.
    func with(attention: Int) -> ScorerSizes {
        ScorerSizes(
            state: state, attention: attention, maximumSource: maximumSource, filters: filters,
            filterWidth: filterWidth, heads: heads, components: components, window: window, chunk: chunk)
    }

    /// What one of N heads has: d = D/N, and a hidden layer of A/N.
    public var ofOneHead: ScorerSizes {
        ScorerSizes(
            state: state / heads, attention: max(1, attention / heads), maximumSource: maximumSource, filters: filters,
            filterWidth: filterWidth, heads: 1, components: components, window: window, chunk: chunk)
    }

    /// Greatest common divisor.
    private static func divisor(_ a: Int, _ b: Int) -> Int { a == 0 ? max(1, b) : divisor(b % a, a) }
}
