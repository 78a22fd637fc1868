// What lies in the toy pictures: one object, or two like ones, in a cell of a grid.

import Randomness

/// One object or two in one cell, of which a caption can speak.
struct Thing {
    static let shapes = ["circle", "square", "triangle", "star"]
    /// What catches the eye first stands first.
    static let colours = ["red", "yellow", "green", "blue"]
    static let sizes = ["large", "small"]
    /// Numbers of a cell, F: one for each shape, colour and size, and one for a pair.
    static let width = shapes.count + colours.count + sizes.count + 1

    let shape: Int, colour: Int, size: Int
    let isPair: Bool
    /// Of its cell, from 0.
    let row: Int, column: Int

    var isLarge: Bool { size == 0 }

    /// 1 at the shape, the colour and the size, and at the end where there are two.
    var features: [Double] {
        let ones = [shape, Self.shapes.count + colour, Self.shapes.count + Self.colours.count + size]
        return (0..<Self.width - 1).map { ones.contains($0) ? 1 : 0 } + [isPair ? 1 : 0]
    }

    var noun: String { Self.shapes[shape] + (isPair ? "s" : "") }

    /// How it lies seen from another: by rows where they are as far apart in rows as in columns or farther, else by
    /// columns.
    func place(of other: Thing) -> [String] {
        let down = other.row - row, right = other.column - column
        if abs(down) >= abs(right) { return [down > 0 ? "above" : "below"] }
        return right > 0 ? ["left", "of"] : ["right", "of"]
    }

    /// Large before small, and among these by colour: whether a caption speaks of it first.
    func catchesTheEye(before other: Thing) -> Bool { (size, colour) < (other.size, other.colour) }
}
