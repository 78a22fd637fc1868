// What stands under the times of a learner's own scorer: it is compiled otherwise than those it stands beside.

import AttentionLab
import MyScorers
import Terminal

enum LearnerSpeed {
    /// nil where none of these scorers is the learner's own.
    static func note(_ names: some Sequence<String>) -> String? {
        let own = Set(myScorers.map { $0.card.name }), found = names.filter(own.contains)
        guard !found.isEmpty else { return nil }
        return
            "\(found.joined(separator: ", ")): of Exercises/Scorers/, which is compiled without optimisation. What the library's operations "
            + "do is as fast as ever; loops of one's own ran up to thirteen times slower, so that these times compare builds. In "
            + "Sources/AttentionScorers/Scorers/ they are compiled as all others are."
    }
}
