// What is looked at in JSON of unknown origin before a parser sees it, in one pass over its bytes: how deep it is
// nested, how large its numbers are, and whether a key stands twice in one object. Not a parser: what is no JSON at all
// is left to one.

public import Foundation

/// JSON of a file that somebody may have changed.
///
/// A parser goes down one call for each level, and Foundation's takes a time that grows with the cube of the depth;
/// numbers near the largest that there are trap where they are added.
public struct GuardedJSON {
    public struct Limits: Sendable {
        /// Lists and objects inside one another.
        public var depth = 64
        /// The largest size of a number; those beside these keys may have any.
        public var largest = Double.greatestFiniteMagnitude
        public var except: Set<String> = []

        public init(largest: Double = .greatestFiniteMagnitude, except: Set<String> = []) {
            (self.largest, self.except) = (largest, except)
        }

        /// Of files that the toolkit writes: counts that can be added, whatever their number. Seeds and states of
        /// random streams are never added; losses, and what makes them large, are no counts.
        public static let counts = Limits(
            largest: 1e12,
            except: [
                "seed", "dataSeed", "s0", "s1", "s2", "s3", "learningRate", "clip", "devLoss", "trainLoss", "value",
            ])
    }

    /// Decodes what is within the limits.
    /// - Throws: `Fault`, `DecodingError`.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, _ limits: Limits) throws -> Value {
        try check(data, limits)
        return try JSONDecoder().decode(type, from: data)
    }

    /// - Throws: `Fault`.
    public static func check(_ data: Data, _ limits: Limits) throws {
        try data.withUnsafeBytes { bytes in
            var scan = GuardedJSON(bytes: bytes, limits: limits)
            try scan.run()
        }
    }

    /// What makes a file unfit, and where: files of a program often are one line.
    public struct Fault: Error, Sendable {
        public let what: String
        public let line: Int
        /// As `place(_:)` has it: " at rows[3].test"; empty at the top.
        public let place: String
    }

    /// Where a decoder stopped: " at rows[3].test"; empty where it is not told. The rest of its words is for
    /// programmers.
    public static func place(_ error: any Error) -> String {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context): .init(codingPath: context.codingPath + [key], debugDescription: "")
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context
            default: nil
            }
        guard let path = context?.codingPath, !path.isEmpty else { return "" }
        return place(path.map { $0.intValue.map(Step.item) ?? .key($0.stringValue) })
    }

    private enum Step { case item(Int), key(String) }

    private static func place(_ steps: [Step]) -> String {
        let path = steps.reduce("") { path, step in
            switch step {
            case .item(let index): path + "[\(index)]"
            case .key(let key): path + (path.isEmpty ? "" : ".") + key
            }
        }
        return path.isEmpty ? "" : " at " + path
    }

    // MARK: the pass

    private let bytes: UnsafeRawBufferPointer
    private let limits: Limits
    private var at = 0, line = 1
    /// Each list or object that is open.
    private var open: [Level] = []
    /// The text that was read last, which is a key where a colon follows.
    private var text: String?
    /// Of the value that is being read.
    private var key = ""
    /// The first byte of what was read last, white space apart.
    private var last: UInt8 = 0

    private struct Level {
        /// Those so far; nil in a list.
        var keys: Set<String>?
        /// Of the value that is being read.
        var key = "", index = 0
    }

    private init(bytes: UnsafeRawBufferPointer, limits: Limits) { (self.bytes, self.limits) = (bytes, limits) }

    /// - Parameter depth: how many levels of the place are told; nil for all.
    private func fault(_ what: String, depth: Int? = nil) -> Fault {
        let steps = open.prefix(depth ?? open.count).map { $0.keys == nil ? Step.item($0.index) : .key($0.key) }
        return Fault(what: what, line: line, place: Self.place(steps))
    }

    private mutating func run() throws {
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(Level(keys: byte == UInt8(ascii: "{") ? [] : nil))
                guard open.count <= limits.depth else {
                    throw fault("lists and objects stand inside one another more than \(limits.depth) deep", depth: 0)
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard last != UInt8(ascii: ",") else {
                    throw fault("a comma stands before \(Character(Unicode.Scalar(byte))); take it out")
                }
                _ = open.popLast()
            case UInt8(ascii: ","): if let level = open.indices.last { open[level].index += 1 }
            case UInt8(ascii: "\""): text = readText()
            case UInt8(ascii: ":"): try takeKey()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
            default: break
            }
            // By now at the end of the text or number, if it was one; neither ends in a comma of its own.
            if !" \t\r\n".utf8.contains(byte) { last = byte }
            at += 1
        }
    }

    /// Leaves `at` on the closing quotation mark.
    private mutating func readText() -> String {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\n") { line += 1 }
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        // Only keys are looked at, and none of ours is long.
        guard at - start < 256, at < bytes.count else { return "" }
        let whole = bytes[start...at]
        guard whole.contains(UInt8(ascii: "\\")) else {
            return String(decoding: whole.dropFirst().dropLast(), as: UTF8.self)
        }
        // "\u0061" is another way to write "a".
        return (try? JSONDecoder().decode(String.self, from: Data(whole))) ?? ""
    }

    private mutating func takeKey() throws {
        guard let name = text, let level = open.indices.last, open[level].keys != nil else { return }
        (key, text) = (name, nil)
        let isFirst = open[level].keys?.insert(name).inserted ?? true
        guard isFirst else {
            throw fault("\(TerminalText.quoted(name)) stands twice in one object", depth: open.count - 1)
        }
        open[level].key = name
    }

    /// Leaves `at` on the last character.
    private mutating func readNumber() throws {
        let start = at
        while at + 1 < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at + 1]) { at += 1 }
        let digits = String(decoding: bytes[start...at].prefix(400), as: UTF8.self)
        guard let number = Double(digits) else { return }
        guard number.isFinite, abs(number) <= limits.largest || limits.except.contains(key) else {
            throw fault(
                "\(key.isEmpty ? "a number" : "\"\(key)\"") is \(digits.prefix(40)), larger than anything that is counted here"
            )
        }
    }
}
