// Which sentences of a document have the weight: the weights of their words, added up.

import Corpora
import Evaluation

public enum SentenceWeights {
    private enum Name { static let documents = "weighed_documents", hits = "sentence_hits", mass = "sentence_mass" }

    public static let pointing = Metric.share(
        "sentence_pointing", title: "sentence %",
        note: "documents whose sentence with the most weight, that of its words together, is one of evidence",
        phrase: "documents whose heaviest sentence is evidence", of: Name.hits, in: Name.documents)
    public static let mass = Metric.share(
        "sentence_mass", title: "sentence mass %", note: "weight on the sentences of evidence",
        phrase: "weight on sentences of evidence", of: Name.mass, in: Name.documents)

    /// Nothing where there are no weights, no sentences or no gold.
    static func counts(_ answer: Answer) -> [String: Double] {
        guard let weights = answer.weights?.weights(of: 0), let sentences = answer.pair.extras?.sentences,
            let gold = answer.pair.gold, !gold.sure.isEmpty
        else { return [:] }
        var sums: [Double] = [], isEvidence: [Bool] = [], start = weights.startIndex
        for count in sentences {
            let words = start..<min(start + count, weights.endIndex)
            sums.append(weights[words].reduce(0, +))
            isEvidence.append(gold.sure.contains { words.contains($0.source) })
            start = words.upperBound
        }
        guard let heaviest = sums.indices.max(by: { sums[$0] < sums[$1] }) else { return [:] }
        // Rounding may bring a sum of weights above 1, and a share has no place there.
        let mass = min(1, zip(sums, isEvidence).reduce(0) { $0 + ($1.1 ? $1.0 : 0) })
        return [Name.documents: 1, Name.hits: isEvidence[heaviest] ? 1 : 0, Name.mass: mass]
    }
}
