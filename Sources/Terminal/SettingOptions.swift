// The flags of settings: options of the command line that are made from their declarations, and read by them.

import AttentionLab

extension Option {
    /// - Parameter standard: the default in words.
    package init<Root>(_ setting: Setting<Root>, standard: String) {
        self.init(
            setting.flag, setting.form.placeholder, setting.help, range: setting.form.range, standard: standard,
            repeats: setting.form.repeats, earlier: setting.earlierFlags)
    }

    /// The flags of a list of settings.
    /// - Parameter root: has the defaults.
    package static func all<Root>(_ settings: [Setting<Root>], _ root: Root) -> [Option] {
        settings.map { Option($0, standard: $0.text(root)) }
    }
}

extension Arguments {
    /// Puts what was given in the place of what is there.
    /// - Throws: `UsageError` for what is no value: with the range, and what holds without the flag.
    package func apply<Root>(_ settings: [Setting<Root>], to root: inout Root) throws {
        for setting in settings {
            let before = setting.text(root)
            for text in texts(setting.flag) where !setting.set(text, in: &root) {
                throw UsageError(
                    setting.form.refusal(
                        of: given(setting.flag), given: "“\(text)”", word: text, standard: before, .flag))
            }
        }
    }
}
