// A quick reader of alignment files that are as they should be. Whatever it does not know, it leaves to the readers that
// say what is wrong: what it does read, it reads as they do.

struct PlainLinks {
    private let bytes: [UInt8]
    private let counting: LinkCounting, lengths: [SentenceLengths]?
    private var place = 0

    init(_ text: String, _ counting: LinkCounting, _ lengths: [SentenceLengths]?) {
        (bytes, self.counting, self.lengths) = (Array(text.utf8), counting, lengths)
    }

    /// Of a line that is no such line there is no table.
    private struct Odd: Error {}

    /// - Parameter count: see `AlignmentFile.table`.
    /// - Returns: nil where a line is not plain.
    mutating func table(_ format: AlignmentFormat, count: Int?) -> LinkTable? {
        switch format {
        case .pharaoh: try? pharaoh()
        case .naacl: try? naacl(count: lengths?.count ?? count)
        }
    }

    private mutating func pharaoh() throws -> LinkTable {
        var table = LinkTable(), sentence: [PackedLink] = []
        while place < bytes.count {
            let size = lengths.map { table.count < $0.count ? $0[table.count] : nil }
            if lengths != nil, size == nil { throw Odd() }
            sentence.removeAll(keepingCapacity: true)
            while try !endsLine() {
                let first = try number(), separator = try next(), second = try number()
                guard
                    separator == UInt8(ascii: "-") || separator == UInt8(ascii: "p") || separator == UInt8(ascii: "?"),
                    endsWord
                else { throw Odd() }
                let isSure = separator == UInt8(ascii: "-")
                if let link = try link(first, second, isSure: isSure, size ?? nil) { sentence.append(link) }
            }
            table.add(sentence)
        }
        if let lengths, lengths.count != table.count { throw Odd() }
        return table
    }

    /// - Parameter count: of the sentences, where it is known.
    private mutating func naacl(count: Int?) throws -> LinkTable {
        var rows: [(sentence: Int, link: PackedLink)] = [], isSorted = true
        while place < bytes.count {
            if try endsLine() { continue }
            let sentence = try number()
            guard sentence > 0, sentence <= count ?? .max else { throw Odd() }
            let first = try numberApart(), second = try numberApart(), isSure = try restOfRow()
            if counting.base == 1, (first == 0) != (second == 0) { continue }
            if let link = try link(first, second, isSure: isSure, lengths?[sentence - 1]) {
                if let last = rows.last, last.sentence > sentence { isSorted = false }
                rows.append((sentence, link))
            }
        }
        if !isSorted { rows.sort { ($0.sentence, $0.link) < ($1.sentence, $1.link) } }
        let last = rows.last?.sentence ?? 0
        guard last <= 10_000 + rows.count else { throw Odd() }
        var table = LinkTable(), row = 0
        for sentence in 0..<(count ?? last) {
            var links: [PackedLink] = []
            while row < rows.count, rows[row].sentence == sentence + 1 {
                links.append(rows[row].link)
                row += 1
            }
            table.add(links)
        }
        return table
    }

    /// S, P or nothing, and a confidence or none, to the end of the line.
    private mutating func restOfRow() throws -> Bool {
        if try endsLine() { return true }
        var isSure = true
        if bytes[place] == UInt8(ascii: "S") || bytes[place] == UInt8(ascii: "P") {
            isSure = bytes[place] == UInt8(ascii: "S")
            place += 1
            guard endsWord else { throw Odd() }
            if try endsLine() { return isSure }
        }
        _ = try number()
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            _ = try digits()
        }
        guard endsWord, try endsLine() else { throw Odd() }
        return isSure
    }

    // MARK: characters

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || (0x0B...0x0D).contains(byte) }

    private var endsWord: Bool { place == bytes.count || isBlank(bytes[place]) || bytes[place] == UInt8(ascii: "\n") }

    /// Goes over blanks, and over the end of the line if that comes next.
    private mutating func endsLine() throws -> Bool {
        while place < bytes.count, isBlank(bytes[place]) { place += 1 }
        guard place < bytes.count else { return true }
        guard bytes[place] == UInt8(ascii: "\n") else { return false }
        place += 1
        return true
    }

    private mutating func next() throws -> UInt8 {
        guard place < bytes.count else { throw Odd() }
        place += 1
        return bytes[place - 1]
    }

    /// As many as there are, at least one.
    private mutating func digits() throws -> (count: Int, value: Int) {
        var count = 0, value = 0
        while place < bytes.count, bytes[place] &- 0x30 < 10 {
            (count, value) = (count + 1, value &* 10 &+ Int(bytes[place] - 0x30))
            place += 1
        }
        guard count > 0 else { throw Odd() }
        return (count, value)
    }

    /// As `Pharaoh.wholeNumber` has it.
    private mutating func number() throws -> Int {
        let (count, value) = try digits()
        guard count < 10 else { throw Odd() }
        return value
    }

    /// A number after a blank.
    private mutating func numberApart() throws -> Int {
        guard place < bytes.count, isBlank(bytes[place]), try !endsLine() else { throw Odd() }
        let value = try number()
        guard endsWord else { throw Odd() }
        return value
    }

    /// nil for a link with an end token, where those are left out.
    private func link(_ first: Int, _ second: Int, isSure: Bool, _ lengths: SentenceLengths?) throws -> PackedLink? {
        let (source, target) = counting.targetFirst ? (second, first) : (first, second)
        let link = Link(source - counting.base, target - counting.base)
        guard link.source >= 0, link.target >= 0 else { throw Odd() }
        if let lengths {
            if counting.leavesOutEnd, lengths.endsAt(link) { return nil }
            guard link.source < lengths.source, link.target < lengths.target else { throw Odd() }
        }
        return PackedLink(link, isSure: isSure)
    }
}
