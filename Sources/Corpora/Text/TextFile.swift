// Text files as their readers want them: UTF-8 checked, line ends of every system, and errors that say what to do.

import Synchronization

/// Reads whole text files.
public enum TextFile {
    /// The name that stands for standard input wherever a file is read.
    public static let standardInput = "-"

    /// The text of a UTF-8 file, without a byte order mark unless it is asked for.
    /// - Parameter returnsEndLines: whether the reader of the text takes a lone carriage return for a line end, as old
    ///   Macs did; to any other reader such a text is one line, and is refused.
    /// - Throws: `InputError` where the file is missing, is a folder, may not be read, is compressed, or is not UTF-8
    ///   (with the line).
    public static func read(_ path: String, keepingMark: Bool = false, returnsEndLines: Bool = false) throws -> String {
        try text(bytes(path), keepingMark: keepingMark, returnsEndLines: returnsEndLines, file: path)
    }

    /// As `read`, of bytes that are there.
    /// - Parameter file: where they are from, for the messages.
    public static func text(
        _ bytes: [UInt8], keepingMark: Bool = false, returnsEndLines: Bool = false,
        file: String? = nil
    ) throws -> String {
        if let foreign = ForeignBytes(bytes, returnsEndLines: returnsEndLines) {
            throw InputError(foreign.message(file), file: file, line: foreign.line)
        }
        if let line = lineOfFirstBadByte(bytes) {
            throw InputError(
                "this is not UTF-8 text (a byte on this line is no part of any UTF-8 character); save the file as UTF-8, for example "
                    + "with iconv -f ISO-8859-1 -t UTF-8 (or whatever it is in)", file: file, line: line)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return String(decoding: !keepingMark && bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self)
    }

    /// The lines of a UTF-8 file, without their line ends.
    public static func lines(_ path: String) throws -> [String] {
        lines(of: try read(path))
    }

    /// The lines of a text: ended by a newline, or a carriage return and a newline; the last one need not be ended.
    public static func lines(of text: String) -> [String] { Array(eachLine(of: text)) }

    /// The same one after the other, none made before it is asked for.
    static func eachLine(of text: String) -> some Sequence<String> {
        // By bytes, because "\r\n" is one Character and a newline would not be found in it.
        let bytes = text.utf8
        return sequence(state: bytes.startIndex) { place -> String? in
            guard place < bytes.endIndex else { return nil }
            let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            let line = bytes[place..<end]
            place = end < bytes.endIndex ? bytes.index(after: end) : end
            return String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
        }
    }

    /// The bytes of a file, whatever they mean. "-" is standard input; that, and any other pipe, can be read once.
    public static func bytes(_ path: String) throws -> [UInt8] {
        let isInput = isStandardInput(path)
        if isInput || SystemFile.isPipe(path),
            !pipesRead.withLock({ $0.insert(isInput ? standardInput : path).inserted })
        {
            let what = isInput ? "standard input" : "the pipe \(path)"
            throw InputError("\(what) was asked for twice, and can be read once; give a file in the other place")
        }
        let place = path == standardInput ? "/dev/stdin" : path
        switch SystemFile.kind(of: place) {
        case .directory:
            throw InputError("this is a folder, but a text file was expected; name a file inside it", file: path)
        case .missing, .regular, .other:
            do { return try SystemFile.read(place) } catch let failure as SystemFile.Failure {
                throw InputError(
                    "this file cannot be read (\(failure.reason)); check the path, and that you may read it", file: path
                )
            }
        }
    }

    private static func isStandardInput(_ path: String) -> Bool {
        [standardInput, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path)
    }

    /// Pipes that were read: opened a second time, a pipe would wait for ever for somebody who writes.
    private static let pipesRead = Mutex<Set<String>>([])

    /// Counted from 1; nil where every byte is good.
    private static func lineOfFirstBadByte(_ bytes: [UInt8]) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var line = 1
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): if scalar.first == UInt8(ascii: "\n") { line += 1 }
            case .emptyInput: return nil
            case .error: return line
            }
        }
    }
}
