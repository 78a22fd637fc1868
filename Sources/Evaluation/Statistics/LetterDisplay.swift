// Groups that cannot be told apart, as letters (Piepho 2004, "An algorithm for a letter-based representation of
// all-pairwise comparisons", insert-and-absorb).
//
//   begin with one letter for all; for each pair that differs, each letter that both have is split in two: one without
//   the first, one without the second; letters whose group lies within another's are absorbed.
//
// "Not different" is not transitive: where A and C differ, and B from neither, B has both letters (a, ab, b).

/// Letters of so many treatments: two share one exactly where they do not differ.
public struct LetterDisplay: Sendable, Equatable {
    /// Of each treatment, in the order given: "a", "ab", …
    public let letters: [String]

    /// - Parameters:
    ///   - count: of treatments, the best first: it has the letter a.
    ///   - differs: whether two of them, by index, the smaller first, are different.
    /// - Complexity: treatments² × letters²; as many letters as there are largest groups without a different pair.
    public init(count: Int, differs: (Int, Int) -> Bool) {
        var groups = count > 0 ? [Set(0..<count)] : []
        for i in 0..<max(count, 0) {
            for j in (i + 1)..<max(count, i + 1) where differs(i, j) {
                let split = groups.filter { $0.contains(i) && $0.contains(j) }
                guard !split.isEmpty else { continue }
                groups.removeAll { $0.contains(i) && $0.contains(j) }
                for piece in split.flatMap({ [$0.subtracting([j]), $0.subtracting([i])] })
                where !groups.contains(where: { piece.isSubset(of: $0) }) {
                    groups.removeAll { $0.isSubset(of: piece) }
                    groups.append(piece)
                }
            }
        }
        let ordered = groups.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
        letters = (0..<max(count, 0)).map { treatment in
            ordered.indices.filter { ordered[$0].contains(treatment) }.map(Self.letter).joined()
        }
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// a, b, … z, A, … Z, a′, b′, …
    static func letter(_ index: Int) -> String {
        String(alphabet[index % alphabet.count]) + String(repeating: "′", count: index / alphabet.count)
    }
}
