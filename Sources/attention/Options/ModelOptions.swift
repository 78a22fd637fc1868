// The options of the model and its training, which `compare` and `train` share: one for each declared setting.

import AttentionLab
import Terminal

enum ModelOptions {
    static let all =
        Option.all(TrainingSettings.settings(Main.parts), TrainingSettings())
        + Option.all(ModelSettings.settings(Main.parts), ModelSettings(scorer: ""))

    /// Puts what was given in the place of what is there.
    static func apply(_ arguments: Arguments, _ model: inout ModelSettings, _ training: inout TrainingSettings) throws {
        try arguments.apply(TrainingSettings.settings(Main.parts), to: &training)
        try arguments.apply(ModelSettings.settings(Main.parts), to: &model)
    }
}
