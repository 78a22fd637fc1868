// What a word or a line that is no link may have been meant as, and what makes links of it.

enum LinkHint {
    /// A sentence to follow what was wrong; empty where nothing is known.
    static func of(_ word: String, line: String, file: String?) -> String {
        let name = file == nil || file == TextFile.standardInput ? "FILE" : file ?? "FILE"
        if let wrong = word.unicodeScalars.first(where: { $0.properties.isDefaultIgnorableCodePoint }) {
            return wrong == "\u{FEFF}"
                ? "; a byte order mark stands in the middle, as in joined files: take it out (sed 's/\\xEF\\xBB\\xBF//g' \(name))"
                : "; take the invisible character out"
        }
        if isScored(word) {
            return "; it seems to have a score behind it: choose the links that you want and cut the scores off "
                + "(sed -E 's/([0-9]+[-p?][0-9]+)[^0-9 \\t][-0-9.eE+]*/\\1/g' \(name))"
        }
        if isNumbered(line) {
            return "; the line seems to begin with the number of its sentence: cut it off (cut "
                + (line.utf8.contains(UInt8(ascii: "\t")) ? "" : "-d ' ' ") + "-f2- \(name))"
        }
        if isPair(word) || isPairs(line) {
            return
                "; it seems to be a link written otherwise: put a hyphen between the numbers, and nothing around them "
                + "(sed -E 's/[^0-9]*([0-9]+)[^0-9]+([0-9]+)[^0-9]*/\\1-\\2 /g' \(name))"
        }
        if line.contains("<s snum") { return "; take the tags out: sentence source target, all of them numbers" }
        let dashes: Set<Unicode.Scalar> = ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"]
        if word.unicodeScalars.contains(where: dashes.contains) { return "; the dash must be a hyphen (-)" }
        return ""
    }

    /// "0-0-0.98", "0-0:0.98", "0-0/1e-05": as awesome-align, OpenNMT-py and simalign can write them.
    static func isScored(_ word: String) -> Bool {
        guard let match = word.wholeMatch(of: /([0-9]+[-p?][0-9]+)[^0-9]([0-9].*)/),
            Pharaoh.parts(of: String(match.1)) != nil,
            let score = Double(String(match.2))
        else { return false }
        return match.2.contains { ".eE".contains($0) } || score == 0 || score == 1
    }

    /// "1:1", "(0,0)", "0/0", "0->0".
    private static var pair: Regex<Substring> {
        #/[(\[{<]?[0-9]{1,9}[ \t]*(?:[:,/|_;=]|-+>|=>|→)[ \t]*[0-9]{1,9}[)\]}>]?/#
    }

    static func isPair(_ word: String) -> Bool { word.wholeMatch(of: pair) != nil }

    /// "[(0, 0), (1, 2)]": nothing but such pairs, and what stands around them in a list.
    static func isPairs(_ line: String) -> Bool {
        guard line.utf8.count < 10_000, line.firstMatch(of: pair) != nil else { return false }
        return line.replacing(pair, with: "").unicodeScalars.allSatisfy { " \t,;()[]{}".unicodeScalars.contains($0) }
    }

    /// "12<tab>0-0 1-1": a number, and after it nothing but links.
    static func isNumbered(_ line: String) -> Bool {
        let words = Words.split(line)
        guard let first = words.first, Pharaoh.wholeNumber(first) != nil else { return false }
        return (words.count > 1 || line.utf8.contains(UInt8(ascii: "\t")))
            && words.dropFirst().allSatisfy { Pharaoh.parts(of: $0) != nil }
    }
}
