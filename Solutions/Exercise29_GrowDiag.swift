// Exercise 29 · grow-diag
//
//     F  links of the model source → target, one for each target word
//     B  links of the model target → source, one for each source word; its file has its own source first
//     start with F ∩ B; take a link of F ∪ B that is beside one of those taken, the diagonal counts too, if its source
//     or its target word has no link yet; until nothing is taken           Och & Ney 2003, §4; Koehn et al. 2005
//     final-and: then the links of F, and then those of B, of which neither word has a link yet
//
// Each direction gives every word of one side a link and leaves the other side to chance. What both say is nearly always
// right, and little; growing takes more of what one of them says, where it is near. The order of visits makes a
// difference, so a program must name it. Here it is that of Moses: links by target word and then by source word,
// as `Link` sorts them; of a link its neighbours in the order given below; a link that is taken is visited in the same
// pass if its place is still to come.
//
//     F = {0-0, 1-1, 2-1}, B turned round = {0-0, 1-1, 2-2}: F ∩ B = {0-0, 1-1}. Both 2-1 and 2-2 are beside 1-1;
//     2-1 comes first by its neighbour's place, word 2 has its link, and 2-2 is taken too: its target word has none.
//
// Lesson  Notebooks-md/18_PriorAndPosterior.md
// Check   swift test --filter Exercise29
// Hints   swift run attention exercises hint 29

public import Corpora
public import Workbook

public enum Exercise29: GrowDiagAnswers {
    /// The links of B as those of F are: first the source of F.
    ///
    /// - Parameter backward: as the model target → source writes them, `Link(its source, its target)`.
    public static func turned(_ backward: Set<Link>) throws -> Set<Link> {
        // gap: throw Unfinished("turning round")
        Set(backward.map { Link($0.target, $0.source) })
        // end of gap
    }

    /// - Parameters:
    ///   - forward: F.
    ///   - backward: B, turned round already.
    public static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        // gap: throw Unfinished("grow-diag")
        let candidates = forward.union(backward)
        var taken = forward.intersection(backward), grew = true
        while grew {
            grew = false
            for link in candidates.sorted() where taken.contains(link) {
                for step in neighbours {
                    let near = Link(link.source + step.source, link.target + step.target)
                    guard candidates.contains(near), !taken.contains(near) else { continue }
                    let hasSource = taken.contains { $0.source == near.source }
                    let hasTarget = taken.contains { $0.target == near.target }
                    guard !hasSource || !hasTarget else { continue }
                    taken.insert(near)
                    grew = true
                }
            }
        }
        return taken
        // end of gap
    }

    /// The last step.
    ///
    /// - Parameter grown: what grow-diag gave.
    public static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        // gap: throw Unfinished("final-and")
        var taken = grown
        for link in forward.sorted() + backward.sorted() {
            let hasSource = taken.contains { $0.source == link.source }
            let hasTarget = taken.contains { $0.target == link.target }
            if !hasSource, !hasTarget { taken.insert(link) }
        }
        return taken
        // end of gap
    }

    /// Given: the steps to the neighbours of a link, in the order of Moses: along the target, along the source, back, and
    /// then the diagonals.
    public static let neighbours: [(source: Int, target: Int)] = [
        (0, -1), (-1, 0), (0, 1), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1),
    ]
}
