// Where the sentences of a document end, in words that somebody wrote.

/// A sentence ends with a word that is a full stop, an exclamation mark or a question mark, or that ends with one; or
/// before the word "|||", which is no word of the document.
public enum DocumentText {
    static let separator = "|||"
    private static let marks: Set<Character> = [".", "!", "?"]

    /// Words of each sentence; the last one may lack its mark.
    public static func sentences(of words: [String]) -> [Int] {
        read(words).sentences
    }

    /// The words without separators, with the sentences that they make.
    public static func read(_ written: [String]) -> (words: [String], sentences: [Int]) {
        var words: [String] = [], sentences: [Int] = [], count = 0
        func end() {
            if count > 0 { sentences.append(count) }
            count = 0
        }
        for word in written {
            if word != separator {
                words.append(word)
                count += 1
            }
            if word == separator || word.last.map(marks.contains) == true { end() }
        }
        end()
        return (words, sentences)
    }
}
