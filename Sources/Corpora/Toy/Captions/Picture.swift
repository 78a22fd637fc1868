// A toy picture: things in the cells of a grid, and the caption that follows from them.

import Randomness

struct Picture {
    /// Standard deviation of the noise of each number of a cell.
    static let noise = 0.1
    /// How many rows, or columns, a picture has.
    static let side = 4...7
    /// Objects at most.
    static let objects = 6

    let grid: Grid
    /// As a caption speaks of them: what catches the eye first stands first.
    private(set) var things: [Thing] = []

    /// - Parameter cells: about so many; it has the grid that comes next to it, at random where there are several.
    init(cells: Int, _ random: inout RandomSource) {
        let grids = Self.side.flatMap { rows in Self.side.map { Grid(rows: rows, columns: $0) } }
        let nearest = grids.map { abs($0.rows * $0.columns - cells) }.min() ?? 0
        grid = random.pick(grids.filter { abs($0.rows * $0.columns - cells) == nearest })
        let large = random.below(4), small = max(2 - large, 0) + 1 + random.below(large == 0 ? 2 : 3)
        let kinds =
            Self.colours(large, &random).map { (size: 0, colour: $0) }
            + Self.colours(min(small, Thing.colours.count), &random).map { (size: 1, colour: $0) }
        var cells = Array(0..<grid.rows * grid.columns), room = Self.objects - kinds.count
        random.shuffle(&cells)
        for (kind, cell) in zip(kinds, cells) {
            let isPair = room > 0 && random.chance(0.25)
            room -= isPair ? 1 : 0
            things.append(
                Thing(
                    shape: random.below(Thing.shapes.count), colour: kind.colour, size: kind.size, isPair: isPair,
                    row: cell / grid.columns, column: cell % grid.columns))
        }
        things.sort { $0.catchesTheEye(before: $1) }
    }

    private static func colours(_ count: Int, _ random: inout RandomSource) -> [Int] {
        var colours = Array(Thing.colours.indices)
        random.shuffle(&colours)
        return Array(colours.prefix(count))
    }

    /// The two that catch the eye first, and the third where it is large as well.
    var spokenOf: ArraySlice<Thing> { things.prefix(things.count > 2 && things[2].isLarge ? 3 : 2) }

    /// The numbers of each cell, row by row: those of what lies in it, or zeros, with noise, to a thousandth.
    func vectors(_ random: inout RandomSource) -> [[Float]] {
        var cells = Array(
            repeating: [Double](repeating: 0, count: Thing.width), count: grid.rows * grid.columns)
        for thing in things { cells[thing.row * grid.columns + thing.column] = thing.features }
        return cells.map { cell in
            cell.map { Float((($0 + Self.noise * random.normal()) * 1000).rounded() / 1000) }
        }
    }
}
