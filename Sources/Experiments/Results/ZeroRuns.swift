// Weights for a page: most of their bytes are zeros, and zeros that follow one another take two bytes together.

import Foundation

/// A byte from 1 to 255 stands for itself; 0 is followed by how many zeros there are, 1 to 255.
enum ZeroRuns {
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [], zeros: UInt8 = 0
        func end() {
            if zeros > 0 { result += [0, zeros] }
            zeros = 0
        }
        for byte in bytes {
            if byte == 0 {
                if zeros == .max { end() }
                zeros += 1
            } else {
                end()
                result.append(byte)
            }
        }
        end()
        return result
    }

    /// Base64 to base64; what is none stays as it is.
    static func packed(base64 text: String) -> String {
        Data(base64Encoded: text).map { Data(packed(Array($0))).base64EncodedString() } ?? text
    }

    /// The bytes again; nil where a run has no length.
    static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = [], place = 0
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == 0 else {
                result.append(byte)
                place += 1
                continue
            }
            guard place + 1 < bytes.count, bytes[place + 1] > 0 else { return nil }
            result += [UInt8](repeating: 0, count: Int(bytes[place + 1]))
            place += 2
        }
        return result
    }
}
