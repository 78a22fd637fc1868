// "Did you mean": the known word that is nearest to a misspelt one.

public enum Suggestion {
    /// A sentence: did you mean this one, or else, there are these.
    public static func orList(for word: String, among known: [String]) -> String {
        if let near = nearest(to: word, among: known) { return "Did you mean “\(near)”?" }
        return known.isEmpty ? "There are none." : "There are: \(known.joined(separator: ", "))."
    }

    /// nil where more than a third of the word would have to change, or all of it. A name with another number is no
    /// suggestion either: whoever types bug9 means a ninth one, and not bug1.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let word = word.lowercased(), known = known.filter { !differsInNumberOnly(word, $0.lowercased()) }
        // A part of a name is as good as a misspelling of it, if it can mean one name only.
        let containing = known.filter { word.count >= 3 && $0.contains(word) }
        if containing.count == 1 { return containing[0] }
        let ranked = known.map { ($0, distance(word, $0)) }.sorted { $0.1 < $1.1 }
        guard let best = ranked.first, best.1 < max(word.count, best.0.count),
            best.1 <= max(1, min(word.count, best.0.count) / 3)
        else { return nil }
        return best.0
    }

    private static func differsInNumberOnly(_ a: String, _ b: String) -> Bool {
        a != b && a.contains(where: \.isNumber) && a.filter { !$0.isNumber } == b.filter { !$0.isNumber }
    }

    /// Letters to insert, delete, replace, or swap with the next one (Damerau 1964).
    static func distance(_ first: String, _ second: String) -> Int {
        let a = Array(first), b = Array(second)
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
