// What a student's code prints, passed on as it comes until it is too much: a loop that prints for ever must not bury
// the verdict.

import Terminal

/// Lets so many lines and bytes through, then says that there was more, and nothing after that.
struct StudentOutput {
    static let lines = 100, bytes = 20_000

    private var linesLeft = Self.lines, bytesLeft = Self.bytes
    private var isFull = false, isInLine = false

    /// What of these bytes is to be shown.
    mutating func pass(_ new: [UInt8]) -> [UInt8] {
        if isFull || new.isEmpty { return [] }
        var end = 0
        while end < new.count, linesLeft > 0, bytesLeft > 0 {
            if new[end] == UInt8(ascii: "\n") { linesLeft -= 1 }
            bytesLeft -= 1
            end += 1
        }
        isFull = end < new.count
        // Not in the middle of a character: its later bytes begin with the bits 10.
        while isFull, end > 0, new[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        var shown = Array(new[..<end])
        if let last = shown.last { isInLine = last != UInt8(ascii: "\n") }
        if isFull { shown += finish() + Array("… and more\n".utf8) }
        return shown
    }

    /// Ends the line that was begun, so that what follows stands on one of its own.
    mutating func finish() -> [UInt8] {
        defer { isInLine = false }
        return isInLine ? [UInt8(ascii: "\n")] : []
    }
}

/// The beginning and the end of what was written, of whatever length it is.
struct KeptEnds {
    /// More than is ever shown of it.
    static let size = 2 * StudentOutput.bytes

    private var first: [UInt8] = [], last: [UInt8] = []

    mutating func add(_ new: [UInt8]) {
        let room = min(Self.size - first.count, new.count)
        first += new.prefix(room)
        last += new.dropFirst(room)
        if last.count > 4 * Self.size { last.removeFirst(last.count - Self.size) }
    }

    var bytes: [UInt8] { first + last.suffix(Self.size) }
}
