// Where an exercise stands, in the lines that a watch shows.

import AttentionLab
import Foundation
import Terminal
import Workbook

struct StandingText {
    private let exercise: Exercise, standing: Standing, folder: URL

    init(_ exercise: Exercise, _ standing: Standing, _ folder: URL) {
        (self.exercise, self.standing, self.folder) = (exercise, standing, folder)
    }

    /// With colours where the console has them.
    func text(_ console: Console) -> String {
        let isHunt = exercise.name.kind == .bugHunt
        let words = isHunt && standing.state == .notStarted ? "the mistake is still in it" : standing.words
        let title = "\(exercise.name) · \(exercise.title): \(console.hasColour ? standing.coloured(words) : words)\n"
        switch standing.state {
        case .done: return title
        case .notStarted: return title + "  read   \(exercise.lessonFile)\n  open   \(place(of: exercise.gaps.first))\n"
        case .begun:
            let filled = standing.filled ?? 0
            let next = exercise.gaps.indices.contains(filled) ? exercise.gaps[filled] : nil
            return title + "  next   \(next.map { "\($0.name): " } ?? "")\(place(of: next))\n"
        case .failing:
            let gap = exercise.gaps.first { $0.name == standing.gap }
            return title + indented(standing.message ?? "") + "  \(place(of: gap))\n"
        }
    }

    private func indented(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "  \($0)\n" }.joined()
    }

    private func place(of gap: Gap?) -> String {
        guard let gap else { return exercise.firstFile }
        let file = exercise.file(of: gap), line = lineOfFunction(gap.function, in: folder.appendingPathComponent(file))
        return file + (line.map { ", line \($0)" } ?? "")
    }
}
