// The lines of a text, and what ends each of them.

/// A line ends with a line feed, as Windows writes it with a carriage return before it, or, in old files, with that
/// alone.
///
/// In Swift "\r\n" is one `Character`: whoever splits a text at "\n" finds a single line in a file of Windows. So
/// everything that takes exercises and lessons apart comes here.
public struct TextLine: Sendable, Equatable {
    public var text: String
    /// "\n", "\r\n" or "\r"; empty behind the last line.
    public var end: String

    public init(_ text: String, end: String) { (self.text, self.end) = (text, end) }

    /// Put together again they are the text, to the byte. Behind the last line end stands one more line, which may be
    /// empty.
    ///
    /// - Complexity: O(length), one pass over the bytes.
    public static func all(of text: String) -> [TextLine] {
        let bytes = text.utf8
        var lines: [TextLine] = [], start = bytes.startIndex, index = start
        while index < bytes.endIndex {
            let byte = bytes[index], next = bytes.index(after: index)
            guard byte == lineFeed || byte == carriageReturn else {
                index = next
                continue
            }
            let isPair = byte == carriageReturn && next < bytes.endIndex && bytes[next] == lineFeed
            let end = byte == lineFeed ? "\n" : isPair ? "\r\n" : "\r"
            lines.append(TextLine(String(text[start..<index]), end: end))
            index = isPair ? bytes.index(after: next) : next
            start = index
        }
        return lines + [TextLine(String(text[start...]), end: "")]
    }

    /// The lines without what ends them.
    public static func texts(of text: String) -> [String] { all(of: text).map(\.text) }

    /// The text with "\n" at the end of each line, so that two of them can be compared.
    public static func plain(_ text: String) -> String { texts(of: text).joined(separator: "\n") }

    private static let lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
}

extension Sequence<TextLine> {
    /// The text that these lines are.
    public var joined: String { map { $0.text + $0.end }.joined() }
}
