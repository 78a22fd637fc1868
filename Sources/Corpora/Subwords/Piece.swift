// A piece of a word, and whether the word ends with it. No marker stands in its text, so that a text may hold any.

/// Scalars of a word, one after the other, and the end of the word where the piece reaches it.
///
/// Pieces are made of Unicode scalars and not of characters as people see them: where one of those ends is a table of
/// the Unicode version, so that another toolchain would cut another way. A character of several scalars (a family with
/// joiners, a letter with its accent) may be cut within; put together, it is what it was.
public struct Piece: Sendable {
    /// May be empty where the piece is the end of a word and nothing else: the · of Sennrich et al.
    public let text: String
    public let endsWord: Bool

    public init(_ text: String, endsWord: Bool = false) { (self.text, self.endsWord) = (text, endsWord) }

    /// The end of a word, as it stands behind the scalars before anything is merged.
    public static let end = Piece("", endsWord: true)

    public static func + (a: Piece, b: Piece) -> Piece { Piece(a.text + b.text, endsWord: b.endsWord) }
}

extension Piece: Hashable {
    public static func == (a: Self, b: Self) -> Bool {
        a.endsWord == b.endsWord && Spelling(a.text) == Spelling(b.text)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(endsWord)
        hasher.combine(Spelling(text))
    }
}

extension Piece: Comparable {
    /// By scalars, the end of the word behind them: the same on every machine.
    public static func < (a: Self, b: Self) -> Bool {
        Spelling(a.text) == Spelling(b.text)
            ? !a.endsWord && b.endsWord : a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }
}

extension Piece {
    /// The piece as a vocabulary lists it: its text, and a space behind the one that ends a word.
    ///
    /// A space stands in no word of a file; where somebody's own words have some, they are doubled, so that no two
    /// pieces have one key.
    public var key: String {
        let space = Unicode.Scalar(" ")
        guard text.utf8.contains(0x20) else { return endsWord ? text + " " : text }
        var key = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { key.append(contentsOf: scalar == space ? [space, space] : [scalar]) }
        return String(key) + (endsWord ? " " : "")
    }

    /// The piece that has this key.
    public init(key: String) {
        let spaces = key.utf8.reversed().prefix { $0 == 0x20 }.count
        endsWord = !spaces.isMultiple(of: 2)
        var text = String.UnicodeScalarView(), isSecond = false
        for scalar in key.unicodeScalars.dropLast(endsWord ? 1 : 0) {
            isSecond = scalar == " " && !isSecond
            if !isSecond || scalar != " " { text.append(scalar) }
        }
        self.text = String(text)
    }
}
