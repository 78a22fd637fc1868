// Bytes that are no text in UTF-8 but of another well-known kind: what they are, and what turns them into it.

struct ForeignBytes {
    private enum Kind: Equatable {
        case compressed(by: String, unpackedWith: String)
        case document(String)
        /// By its name for iconv.
        case encoding(String)
        case carriageReturns
        case nul
    }

    private let kind: Kind
    /// Where a reader could look, counted from 1; nil where it is all of the file.
    let line: Int?

    /// nil for what may be text in UTF-8.
    init?(_ bytes: [UInt8], returnsEndLines: Bool = false) {
        guard let (kind, line) = Self.judge(bytes), !(returnsEndLines && kind == .carriageReturns) else { return nil }
        (self.kind, self.line) = (kind, line)
    }

    private static func judge(_ bytes: [UInt8]) -> (Kind, line: Int?)? {
        if let (kind, _) = beginnings.first(where: { bytes.starts(with: $0.1) }) { return (kind, nil) }
        if isBZip2(bytes) { return (.compressed(by: "bzip2", unpackedWith: "bunzip2 -c"), nil) }
        if let place = bytes.firstIndex(of: 0) {
            let line = 1 + bytes[..<place].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
            return (wideEncoding(bytes).map { .encoding($0) } ?? .nul, line)
        }
        let isOneLine = !bytes.contains(UInt8(ascii: "\n")) && bytes.dropLast().contains(UInt8(ascii: "\r"))
        return isOneLine ? (.carriageReturns, nil) : nil
    }

    private static let beginnings: [(Kind, [UInt8])] = [
        (.compressed(by: "gzip", unpackedWith: "gunzip -c"), [0x1F, 0x8B]),
        (.compressed(by: "xz", unpackedWith: "xz -dc"), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        (.compressed(by: "zstd", unpackedWith: "zstd -dc"), [0x28, 0xB5, 0x2F, 0xFD]),
        (.compressed(by: "lz4", unpackedWith: "lz4 -dc"), [0x04, 0x22, 0x4D, 0x18]),
        (.compressed(by: "compress", unpackedWith: "gunzip -c"), [0x1F, 0x9D]),
        (.compressed(by: "zip", unpackedWith: "unzip -p"), [0x50, 0x4B, 0x03, 0x04]),
        (.compressed(by: "zip", unpackedWith: "unzip -p"), [0x50, 0x4B, 0x05, 0x06]),
        (.compressed(by: "7z", unpackedWith: "7z x -so"), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        (.document("PDF"), Array("%PDF-1.".utf8)),
        (.document("Word 97"), [0xD0, 0xCF, 0x11, 0xE0]),
        // The longer marks first: UTF-32's begins with UTF-16's.
        (.encoding("UTF-32"), [0xFF, 0xFE, 0x00, 0x00]), (.encoding("UTF-32"), [0x00, 0x00, 0xFE, 0xFF]),
        (.encoding("UTF-16"), [0xFF, 0xFE]), (.encoding("UTF-16"), [0xFE, 0xFF]),
    ]

    /// "BZh" and a digit could begin a text; the block or the end that follows could not.
    private static func isBZip2(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 10, bytes.starts(with: Array("BZh".utf8)) else { return false }
        return [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]].contains(
            Array(bytes[4..<10]))
    }

    /// The wide encoding that the zeros look like: they stand in one place of every two or four, or the words make
    /// sense in none. Texts in other scripts than Latin have few zeros, but their spaces and line ends have them.
    private static func wideEncoding(_ bytes: [UInt8]) -> String? {
        var zeros = [0, 0, 0, 0]
        for (place, byte) in bytes.enumerated() where byte == 0 { zeros[place & 3] += 1 }
        let words = bytes.count / 4
        guard words > 0 else { return bytes.count == 2 ? (bytes[0] == 0 ? "UTF-16BE" : "UTF-16LE") : nil }
        // Every scalar is below 0x110000, so the highest byte of four is zero, and the next nearly so.
        if zeros[3] >= words, zeros[2] * 10 >= words * 9 { return "UTF-32LE" }
        if zeros[0] >= words, zeros[1] * 10 >= words * 9 { return "UTF-32BE" }
        let even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3], pairs = bytes.count / 2
        if odd > 1, odd * 20 >= pairs, even * 10 <= odd { return "UTF-16LE" }
        if even > 1, even * 20 >= pairs, odd * 10 <= even { return "UTF-16BE" }
        return nil
    }

    func message(_ file: String?) -> String {
        let name = file == TextFile.standardInput || file == nil ? "FILE" : file ?? "FILE"
        return switch kind {
        case .compressed(let program, let command):
            "this is compressed with \(program); unpack it first, into a file or through a pipe (\(command) \(name) | attention …, with - in the place "
                + "of the file)"
        case .document(let kind): "this is a document (\(kind)) and no text; save it as plain text in UTF-8"
        case .encoding(let encoding):
            (line == nil ? "this" : "there are NUL characters on this line; it")
                + " looks like \(encoding), but UTF-8 was expected: save it as UTF-8, for example with iconv -f \(encoding) -t UTF-8 \(name)"
        case .carriageReturns:
            "the lines of this text end with carriage returns alone, as on old Macs, so that it is all one line; convert it, "
                + "for example with tr '\\r' '\\n' < \(name)"
        case .nul: "there is a NUL character on this line, which no text has; the file is damaged, or no text"
        }
    }
}
