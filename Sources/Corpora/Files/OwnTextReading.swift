// What comes of reading somebody's own text: a data set, and sentences about what was left out or looks odd.

/// The pairs of the files in their splits. Everything that is not in them is told in `remarks`.
public struct OwnTextReading: Sendable {
    public private(set) var dataset: Dataset
    /// What was read.
    public let text: OwnText
    /// A sentence each, with file and line where there is one.
    public private(set) var remarks: [String] = []
    /// As they were read, whole.
    public let texts: [ParallelText]

    /// How many pairs a split may have at most; nil for all, or for what is usually held out.
    public struct Limits: Sendable {
        public var train: Int?, dev: Int?, test: Int?

        public init(train: Int? = nil, dev: Int? = nil, test: Int? = nil) {
            (self.train, self.dev, self.test) = (train, dev, test)
        }
    }

    /// - Parameters:
    ///   - seed: draws what is held out.
    ///   - limits: of the splits.
    ///   - isComparison: whether there must be a test split, of held-out pairs where there is no text, and nothing is
    ///     trained on that dev has; one training on its own is its owner's business.
    /// - Throws: `InputError` for files that cannot be read, are no such text, or leave nothing to train on.
    public init(_ text: OwnText, seed: UInt64 = 1, limits: Limits = Limits(), isComparison: Bool = true) throws {
        self.text = text
        func parallel(_ files: [NamedFile]) throws -> ParallelText? {
            guard !files.isEmpty else { return nil }
            let read = try ParallelText(
                files.map { NamedFile.fromHere($0.path) }, limit: text.maximumLength, lowerCase: text.lowerCase,
                documents: text.documents)
            try read.checkHasPairs()
            return read
        }
        guard let train = try parallel(text.train) else {
            throw InputError("the text \(text.name) has nothing to train on; name one file or two (--train)")
        }
        let dev = try parallel(text.dev), test = try parallel(text.test)
        texts = [train] + [dev, test].compactMap { $0 }
        if text.documents {
            guard texts.allSatisfy({ $0.files.count == 1 }) else {
                throw InputError(
                    "labelled documents stand in one file, a label, a tab and a document on each line; name one file in the "
                        + "place of two")
            }
            for other in texts.dropFirst() {
                try LabelledDocument.check(other, labels: Set(train.pairs.map(\.target)))
            }
        }
        remarks = Self.remarks(of: texts)
        dataset = Dataset(name: text.name, train: train.pairs, dev: dev?.pairs ?? [], test: test?.pairs ?? [])
        if let gold = text.gold { try align(gold, text, test ?? train, isTest: test != nil) }
        separate(fromDev: isComparison)
        guard !dataset.train.isEmpty else {
            throw InputError(
                "nothing is left to train on: every pair also stands in the dev or the test text; give a training text of its own",
                file: NamedFile.fromHere(text.train[0].path))
        }
        guard dev == nil || !dataset.dev.isEmpty else {
            throw InputError(
                "nothing is left of the dev text: every pair of it also stands in the test text; give another one, or leave it out and "
                    + "a part of the training text is held out",
                file: NamedFile.fromHere(text.dev[0].path))
        }
        try holdOut(seed: seed, limits, test: test == nil && isComparison, dev: dev == nil)
        if text.gold != nil { tellWithoutGold() }
        if let most = limits.train { dataset.train = Array(dataset.train.prefix(most)) }
        if let most = limits.dev { dataset.dev = Array(dataset.dev.prefix(most)) }
        if let most = limits.test { dataset.test = Array(dataset.test.prefix(most)) }
    }

    /// What all of it comes to.
    public var sizes: OwnText.Sizes {
        let lengths = [dataset.train, dataset.dev, dataset.test].joined().map(\.source.count)
        return OwnText.Sizes(
            train: dataset.train.count, dev: dataset.dev.count, test: dataset.test.count,
            shortest: lengths.min() ?? 0, longest: lengths.max() ?? 0,
            aligned: dataset.test.count { $0.gold != nil })
    }

    /// The file and line of a pair; nil where it is from none of them.
    public func place(of pair: SentencePair) -> (file: String, line: Int)? {
        for text in texts { if let line = text.line(of: pair) { return (text.files.joined(separator: " and "), line) } }
        return nil
    }

    // MARK: steps

    /// What was left out of some texts, and what their owner cannot see in them.
    public static func remarks(of texts: [ParallelText]) -> [String] {
        var oddities = TextOddities()
        for text in texts {
            for (pair, line) in zip(text.pairs, text.lines) {
                oddities.add(pair.source, at: "\(text.files[0]):\(line)")
                oddities.add(pair.target, at: "\(text.files.last ?? ""):\(line)")
            }
        }
        return texts.flatMap { $0.remarks(limitOption: "--maximum-length") } + oddities.remarks
    }

    /// Gives the pairs of a text their links. A sentence without any was aligned by nobody.
    private mutating func align(_ gold: NamedFile, _ text: OwnText, _ aligned: ParallelText, isTest: Bool) throws {
        let file = try AlignmentFile(NamedFile.fromHere(gold.path))
        let counting = try LinkCounting(base: text.goldBase ?? file.format.usualBase, targetFirst: text.goldReversed)
        let links = try file.alignments(counting: counting, lengths: aligned.lengths)
        guard links.contains(where: { !$0.possible.isEmpty }) else {
            throw InputError(
                "the gold alignment has no link at all; leave it out, or give another file",
                file: NamedFile.fromHere(gold.path))
        }
        // In a handful of sentences it can be chance.
        let neverFirst = links.allSatisfy { $0.possible.allSatisfy { $0.source > 0 && $0.target > 0 } }
        if links.count > 9, neverFirst {
            remarks.append(
                "\(NamedFile.fromHere(gold.path)): no first word has a link in any sentence; are words counted from "
                    + "\(1 - counting.base) there? (--gold-base \(1 - counting.base))")
        }
        func pairs(_ pairs: [SentencePair]) -> [SentencePair] {
            zip(pairs, aligned.lines).map { pair, line in
                var pair = pair
                pair.gold = links[line - 1].possible.isEmpty ? nil : links[line - 1]
                return pair
            }
        }
        if isTest { dataset.test = pairs(dataset.test) } else { dataset.train = pairs(dataset.train) }
    }

    /// A sentence that was trained on is no test of anything: takes those of dev and test out of what is learnt from.
    private mutating func separate(fromDev: Bool) {
        func sources(_ pairs: [SentencePair]) -> Set<[Spelling]> { Set(pairs.map { $0.source.map(Spelling.init) }) }
        func take(_ known: Set<[Spelling]>, from pairs: inout [SentencePair], _ name: String, _ others: String) {
            let all = pairs.count
            pairs.removeAll { known.contains($0.source.map(Spelling.init)) }
            guard pairs.count < all else { return }
            remarks.append(
                "\(all - pairs.count) of \(Counted.text(all, "\(name) pair")) have a source sentence that stands in \(others) "
                    + "too, and are left out: what was learnt by heart is no test")
        }
        let test = sources(dataset.test), dev = fromDev ? sources(dataset.dev) : []
        if !test.isEmpty { take(test, from: &dataset.dev, "dev", "the test text") }
        let both = [dev.isEmpty ? nil : "the dev", test.isEmpty ? nil : "the test"].compactMap { $0 }
        guard !both.isEmpty else { return }
        take(test.union(dev), from: &dataset.train, "training", both.joined(separator: " or ") + " text")
    }

    private mutating func holdOut(seed: UInt64, _ limits: Limits, test: Bool, dev: Bool) throws {
        if test {
            let hasGold = dataset.train.contains { $0.gold != nil }
            let parts = try HeldOut(
                dataset.train, name: dataset.name, most: limits.test, seed: seed, purpose: "held out test"
            ) { !hasGold || $0.gold != nil }
            (dataset.train, dataset.test) = (parts.rest, parts.held)
        }
        if dev {
            let parts = try HeldOut(dataset.train, name: dataset.name, most: limits.dev, seed: seed)
            (dataset.train, dataset.dev) = (parts.rest, parts.held)
        }
        guard !dataset.test.isEmpty || !test else {
            throw InputError(
                "no pair with a gold link can be held out for the test: each has a source sentence that others without links "
                    + "have too; give a text of its own to test on (--test)", file: texts[0].files[0])
        }
        let held = [test ? "\(dataset.test.count) for test" : nil, dev ? "\(dataset.dev.count) for dev" : nil]
            .compactMap { $0 }
        guard test else { return }
        remarks.append(
            "\(texts[0].files.joined(separator: " and ")): of \(Counted.text(texts[0].pairs.count, "pair")) "
                + "\(held.joined(separator: " and ")) are held out, the same ones every time, and "
                + "\(dataset.train.count) are left to train on")
    }

    private mutating func tellWithoutGold() {
        let without = dataset.test.count { $0.gold == nil }
        guard without > 0, without < dataset.test.count else { return }
        remarks.append(
            "\(without) of \(Counted.text(dataset.test.count, "test pair")) have no gold link: they are translated, and are "
                + "no part of the alignment figures")
    }
}
