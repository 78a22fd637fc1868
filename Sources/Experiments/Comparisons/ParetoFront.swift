// The systems that no other one beats in quality and speed at once.

/// Of points where more is better in both directions, unless it is said that less is.
enum ParetoFront {
    /// The line in steps, and its points again, where less may be better.
    static func steps(_ points: [(x: Double, y: Double)], leastX: Bool, leastY: Bool) -> [(x: Double, y: Double)] {
        func turned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
            points.map { (leastX ? -$0.x : $0.x, leastY ? -$0.y : $0.y) }
        }
        return turned(steps(of(turned(points))))
    }

    /// The points that none other equals or exceeds in both directions, from left to right; of equal points one.
    static func of(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        var front: [(x: Double, y: Double)] = []
        for point in points.sorted(by: { $0.x == $1.x ? $0.y > $1.y : $0.x > $1.x })
        where point.y > front.last?.y ?? -.infinity {
            front.append(point)
        }
        return front.reversed()
    }

    /// The front as a line in steps: at each speed the best quality that was measured at this speed or a higher one.
    static func steps(_ front: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        front.enumerated().flatMap { index, point in index == 0 ? [point] : [(front[index - 1].x, point.y), point] }
    }
}
