// Models that `attention train` has left in a file, as other subcommands use them.

import AttentionLab
import Terminal

enum TrainedModel {
    /// - Throws: `InputError` for what is no checkpoint, and for one whose training never came to a look at dev.
    static func load(_ path: String) throws -> Translator {
        let loaded = try Checkpoint.load(path, scorers: Main.scorers, parts: Main.parts)
        guard !loaded.history.isEmpty else {
            throw InputError(
                "the training of this model has not come to its first look at dev, so that its numbers are untrained; go on with it: "
                    + "attention train --output \(Shell.word(path)) --resume, with the options it was begun with",
                file: path)
        }
        return loaded.translator
    }

    /// Why a model cannot read a sentence.
    static func fault(_ error: ShapeError, of translator: Translator, words: Int) -> InputError {
        let card = translator.model.scorerCard, most = translator.model.settings.maximumSource
        return InputError(
            card.usesPosition && words > most
                ? "\(card.name) cannot look at a sentence of \(NumberText.count(words, "word")): the model was made for at most \(most); train it with a larger "
                    + "--maximum-source, or shorten the sentence"
                : "\(card.name) cannot look at this sentence of \(NumberText.count(words, "word")): \(error.description)"
        )
    }
}
