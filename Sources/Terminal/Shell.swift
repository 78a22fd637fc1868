// Words of commands that are printed to be typed again.

package enum Shell {
    /// One word for the shell: in quotation marks where it has a space or anything else that the shell reads as its
    /// own.
    package static func word(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "_-./:@%+=,".contains($0) }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
