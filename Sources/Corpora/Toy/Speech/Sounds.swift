// The sounds of the toy speech: what each is spelled, and the twelve numbers that it sounds like.

import Randomness

/// Fifteen sounds: ten consonants and five vowels, each spelled with one letter.
public enum Sounds {
    public static let consonants = ["b", "d", "f", "g", "k", "l", "m", "n", "s", "t"]
    public static let vowels = ["a", "e", "i", "o", "u"]
    /// What is written between two words, and what their pause is heard as.
    public static let pause = "_"
    /// Numbers of a frame, F.
    public static let width = 12

    /// What each sound is like when nothing is beside it: drawn once from a normal distribution, the same in every data
    /// set. A pause is silent: zeros.
    public static let templates: [String: [Double]] = {
        var random = RandomSource(seed: 1, purpose: "speech sounds")
        var templates = [pause: [Double](repeating: 0, count: width)]
        for letter in consonants + vowels { templates[letter] = (0..<width).map { _ in random.normal() } }
        return templates
    }()

    static func template(_ letter: String) -> [Double] { templates[letter] ?? [Double](repeating: 0, count: width) }
}
