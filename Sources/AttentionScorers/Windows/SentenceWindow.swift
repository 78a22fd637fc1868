// The words around a place in each sentence, of which local attention sees nothing else.

import TensorCore

enum SentenceWindow {
    /// The words within `width` of a place: ⌈p − w⌉ … ⌊p + w⌋, cut to the n real words. Of a place from 0 to n and a
    /// width of 1 or more there is at least one.
    ///
    /// - Parameter places: one for each sentence. Of a place that is no number the window is the whole sentence, so
    ///   that whoever looks for the fault finds it in the weights.
    static func around(_ places: [Scalar], width: Int, lengths: [Int]) -> [Range<Int>] {
        zip(places, lengths).map { place, n in
            guard place.isFinite else { return 0..<n }
            let first = Int((place - Scalar(width)).rounded(.up)), last = Int((place + Scalar(width)).rounded(.down))
            let start = min(max(first, 0), n - 1)
            return start..<max(min(last, n - 1), start) + 1
        }
    }
}
