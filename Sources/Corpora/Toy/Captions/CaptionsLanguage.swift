// Pictures to captions: the positions of the source are the cells of a grid, in no order but that of rows and columns.

/// What is drawn. A picture has 4 to 7 rows and 4 to 7 columns. In its cells lie things, no more than one in a cell: a
/// thing is one object, or two like ones, of a shape (circle, square, triangle, star), a colour (red, yellow, green,
/// blue) and a size (large, small). L = 0 to 3 things are large. Of the small ones there are 3 or 4 where L = 0, 2 to 4
/// where L = 1, and else 1 to 3. No two things of one size have one colour. A thing is two objects with the probability
/// 1/4, as long as there are no more than six objects in all. The number of cells is drawn as lengths of sentences are,
/// small ones more often; everything else is drawn evenly.
///
/// What is seen. A cell has eleven numbers, 1 or 0: one for each shape, colour and size, in this order, and one that is
/// 1 where the cell has two objects; an empty cell has zeros. Normal noise of deviation 0.1 is added to each, and the
/// sum rounded to a thousandth. No number says where the cell is; the encoder knows it from the grid.
///
/// What is said. Things stand in an order: large before small, and among the large (and among the small) red, yellow,
/// green, blue. The caption speaks of the first two, and of the third where it is large too: "A place B" or
/// "A place B and place C", both places those of A seen from the other. With A in row a and column b and the other in
/// row c and column d it is, where |c − a| ≥ |d − b|, `above` if c > a and else `below`; otherwise `left of` if d > b
/// and else `right of`. A thing is said as `a` or `two`, its size, its colour and its shape, which for two has an s.
///
/// Gold, all sure: each of these four words to the thing's cell, the words of the place to the cells of both things, and
/// `and` to that of C. Size, colour, shape and `two` are content words.
public struct CaptionsLanguage: ToyTask {
    public let name = "captions"
    public let summary = "Pictures of objects in a grid, to captions: each word must find its cell."
    public let defaults = ToyOptions(
        trainPairs: 4000, devPairs: 100, testPairs: 300, longPairs: 150, lengths: 16...36, longLengths: 42...49)

    /// Numbers of a cell, F.
    public static let width = Thing.width

    public init() {}

    public func generator(_ options: ToyOptions) -> PairGenerator {
        { cells, random in
            let picture = Picture(cells: cells, &random)
            return CaptionWriter(picture).pair(picture.grid, picture.vectors(&random))
        }
    }

    /// What a person sees in each cell: "two large red circles", or nothing.
    /// - Parameter vectors: the numbers of each cell.
    public static func things(in vectors: [[Float]]) -> [String] {
        let shapes = Thing.shapes.count, colours = Thing.colours.count
        return vectors.map { cell in
            guard cell.count == width else { return "" }
            func largest(_ places: Range<Int>) -> Int {
                places.max { cell[$0] < cell[$1] }.map { $0 - places.lowerBound } ?? 0
            }
            guard (cell[..<shapes].max() ?? 0) > 0.5 else { return "" }
            let isPair = cell[width - 1] > 0.5
            let words = [
                Thing.sizes[largest(shapes + colours..<width - 1)], Thing.colours[largest(shapes..<shapes + colours)],
                Thing.shapes[largest(0..<shapes)] + (isPair ? "s" : ""),
            ]
            return Words.join((isPair ? ["two"] : []) + words)
        }
    }
}
