// Bug hunt 16 · what lies above
//
//     cell i of a picture, row by row     row = i / columns, column = i mod columns
//     above, below                        where two cells are as far apart in rows as in columns, or farther
//     left of, right of                   elsewhere
//
// A caption says how one object lies seen from another. The code below says it for two cells of a picture. On square
// pictures it is right. On pictures that are wider than high a model that is taught by it learns to write nonsense, and
// its loss falls all the same, slowly: it learns the nonsense.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// Lesson  Notebooks-md/22_Pictures.md
// Check   swift test --filter BugHunt16
// Hints   swift run attention exercises hint bug16

public import Workbook

public enum BugHunt16: BugHunt16Answers {
    /// - Parameters:
    ///   - first, other: two cells, counted from 0, row by row.
    /// - Returns: where the first lies, seen from the other: "above", "below", "left of" or "right of".
    public static func relation(of first: Int, to other: Int, rows: Int, columns: Int) throws -> String {
        // gap: let here = (row: first / rows, column: first % rows)
        // gap: let there = (row: other / rows, column: other % rows)
        let here = (row: first / columns, column: first % columns)
        let there = (row: other / columns, column: other % columns)
        // end of gap
        let down = there.row - here.row, right = there.column - here.column
        if abs(down) >= abs(right) { return down > 0 ? "above" : "below" }
        return right > 0 ? "left of" : "right of"
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. Rows are counted from the top: where the other one's row is larger, the first lies below.
    /// b. Cells that are as far apart in rows as in columns must be told by columns.
    /// c. Places are counted from 0, and rows and columns from 1.
    /// d. A row is over after as many cells as there are columns; the code took the number of rows, and so exchanged the
    ///    two sides of the picture.
    public static var why: Choice? {
        // gap: nil
        // Where the picture is square, both numbers are the same, and so nobody saw it on the first pictures.
        .d
        // end of gap
    }
}
