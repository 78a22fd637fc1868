// Texts of one's own in an experiment file: objects among the names of the tasks, with paths from the file's folder.

import AttentionScorers
import Corpora

enum OwnTextsFile {
    /// The texts that a file describes, each read.
    /// - Throws: `InputError` for a setting that is none, a name that another task has, and files that cannot be read.
    static func texts(_ experiment: JSONValue, _ file: String?, known: TaskList) throws -> [OwnText] {
        guard case .list(let tasks)? = experiment["tasks"] else { return [] }
        var texts: [OwnText] = []
        for (index, task) in tasks.enumerated() {
            guard case .object(let given) = task else { continue }
            let place = "tasks[\(index)]"
            try SettingShape.ownText.check(task, place, file)
            for key in ["name", "train"] where given[key] == nil {
                throw InputError(
                    "\(place) has no \"\(key)\"; a text of one's own needs a name and files to train on", file: file)
            }
            let text = try task.withoutNulls.decoded(as: OwnText.self)
            if let fault = known.fault(ofText: text.name) {
                throw InputError("\(place).name is \"\(text.name)\": \(fault)", file: file)
            }
            texts.append(
                try text.changingFiles { NamedFile(NamedFile.absolute($0.path, in: file.map(Folder.above))) }.read())
        }
        return texts
    }

    /// Paths as one would write them here, and neither check sums nor sizes: who runs it reads the files. Of the data
    /// only what is not all of a text.
    static func write(_ experiment: Experiment, to whole: inout JSONValue) throws {
        whole["tasks"] = .list(
            try experiment.tasks.map { name in
                guard var text = experiment.texts.first(where: { $0.name == name }) else { return .text(name) }
                text.sizes = nil
                return try JSONValue(encoding: text.changingFiles { NamedFile(NamedFile.fromHere($0.path)) })
            })
        for text in experiment.texts {
            let task = FileTask(text), read = Set(task.settings.map(\.key))
            let changes = try whole["data"]?[text.name]?.changes(from: JSONValue(encoding: task.defaults))
            guard case .object(let members)? = changes else { continue }
            let kept = members.filter { read.contains($0.key) }
            whole["data"]?[text.name] = kept.isEmpty ? nil : .object(kept)
        }
    }
}

extension OwnText {
    /// With the check sums of its files and what all of it comes to.
    /// - Throws: `InputError` where it cannot be read, or leaves nothing to train on.
    public func read() throws -> OwnText {
        var text = try changingFiles { try $0.read() }
        text.sizes = try OwnTextReading(text).sizes
        return text
    }
}

extension TaskList {
    /// Why a text of one's own cannot be called so, as a sentence goes on; nil where it can.
    public func fault(ofText name: String) -> String? {
        if let fault = ScorerCard.fault(ofName: name) { return fault }
        guard let other = self[name], !(other is FileTask) else { return nil }
        return "that is a task already; give the text another name"
    }
}
