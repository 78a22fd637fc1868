// The options of the model and its training, which `compare` and `train` share: one for each declared setting, and one
// for several of them.

import AttentionLab
import Terminal

enum ModelOptions {
    static let body = Option(
        "--body", "NAME",
        "recurrent or transformer: encoder, decoder and learning rate at once. transformer means --encoder self-attention "
            + "--decoder transformer --learning-rate 0.003; flags given beside it win.", standard: "recurrent")

    static let all =
        [body] + Option.all(TrainingSettings.settings(Main.parts), TrainingSettings())
        + Option.all(ModelSettings.settings(Main.parts), ModelSettings(scorer: ""))

    /// A flag that asks for a default in whose place a task takes something else (`MeasuredTask.fit`).
    static func tellReplaced(_ arguments: Arguments, _ tasks: [any MeasuredTask], _ console: Console) throws {
        for task in tasks {
            var (model, training) = (ModelSettings(scorer: ""), TrainingSettings())
            try apply(arguments, &model, &training)
            let (askedModel, askedTraining) = (model, training)
            task.fit(&model, &training)
            func tell<Root>(_ settings: [Setting<Root>], _ asked: Root, _ taken: Root) {
                for setting in settings where arguments.has(setting.flag) && setting.text(asked) != setting.text(taken)
                {
                    console.remark(
                        "attention: \(setting.flag) \(setting.text(asked)) is what is taken where nothing is given, and "
                            + "\(task.name) takes \(setting.text(taken)) in its place; only another value changes that\n"
                    )
                }
            }
            tell(ModelSettings.settings(Main.parts), askedModel, model)
            tell(TrainingSettings.settings(Main.parts), askedTraining, training)
        }
    }

    /// Puts what was given in the place of what is there.
    static func apply(_ arguments: Arguments, _ model: inout ModelSettings, _ training: inout TrainingSettings) throws {
        try arguments.choice(body.name, Body.self)?.apply(to: &model, &training)
        try arguments.apply(TrainingSettings.settings(Main.parts), to: &training)
        try arguments.apply(ModelSettings.settings(Main.parts), to: &model)
    }

    /// - Parameter models: all that will be trained, each with all of the scorers.
    /// - Throws: `UsageError` for a flag that says nothing to the parts of any of them.
    static func refuseUnread(_ arguments: Arguments, _ models: [ModelSettings], scorers: [String]) throws {
        let unread = ModelSettings.unread(ModelSettings.settings(Main.parts), in: models, scorers: scorers)
        guard let setting = unread.first(where: { arguments.has($0.flag) }), let model = models.first else { return }
        throw UsageError("\(arguments.given(setting.flag)) changes nothing \(model.remedy(unread: setting))")
    }
}
