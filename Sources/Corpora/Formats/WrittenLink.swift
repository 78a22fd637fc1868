// A link as it stands in a file, before anybody has decided what its numbers count from.

/// Two numbers of a line, with what is known of the sentence they are about.
struct WrittenLink {
    let first: Int, second: Int
    let isSure: Bool
    /// Counted from 1.
    let line: Int
    /// Of its sentence; nil where the text is not known.
    let lengths: SentenceLengths?
    /// What stands between the numbers: "-" and "p" of Pharaoh, a space of NAACL.
    let separator: String

    /// For messages.
    var text: String { "\(first)\(separator)\(second)" }
}

extension [WrittenLink] {
    /// Whether every link whose sentence is known is a link of two of its words.
    ///
    /// - Parameter allowingEnd: of words and of the place after the last one.
    func fit(base: Int, targetFirst: Bool, allowingEnd: Bool = false) -> Bool {
        allSatisfy { link in
            guard let lengths = link.lengths else { return true }
            let (source, target) = targetFirst ? (link.second, link.first) : (link.first, link.second)
            let end = allowingEnd ? 1 : 0
            return (base..<lengths.source + base + end).contains(source)
                && (base..<lengths.target + base + end).contains(target)
        }
    }
}
