// What `attention heads` prints of a study: a table of heads, a table of relations, and the same as JSON.

import AttentionLab

enum HeadTables {
    static func text(_ study: HeadStudy, task: String, width: Int) throws -> String {
        let models = study.readings.count
        return try [
            headTable(study).text(width: width), relationTable(study).text(width: width),
            TextWidth.wrapped(note(models: models, task), to: min(width, 110)).map { $0 + "\n" }.joined(),
        ].joined(separator: "\n")
    }

    private static func note(models: Int, _ task: String) -> String {
        "Shares of the words of a relation whose most attended word is the right one, on test of \(task). "
            + (models > 1
                ? "\(models) models; the heads of a layer stand in the order of their gain on dev; "
                    + "± is half of the 95 % interval over seeds. "
                : "In brackets the 95 % interval over sentences. ")
            + "Relation, head and distance were chosen on dev. A relation of grammar that a fixed distance always finds is "
            + "left to that distance in the first table."
    }

    // MARK: tables

    private static let figures = [
        Table.Column("share %"), Table.Column("fixed distance", .left), Table.Column("its share %"),
        Table.Column("gain, points"),
    ]

    private static func headTable(_ study: HeadStudy) throws -> Table {
        let names = [Table.Column("layer"), Table.Column("head"), Table.Column("follows best", .left)]
        var table = Table(names + figures, names: 3)
        var layer: Int?
        for row in try study.headRows() {
            if layer != nil, row.layer != layer { table.addRule() }
            layer = row.layer
            let relations = row.relations.map { one in
                one.relation.rawValue + (row.relations.count > 1 ? " (\(one.models))" : "")
            }
            table.add(
                [row.layer, row.head].map { $0.map(String.init) ?? "" } + [relations.joined(separator: ", ")]
                    + cells(row))
        }
        return table
    }

    private static func relationTable(_ study: HeadStudy) throws -> Table {
        let names = [
            Table.Column("relation", .left), Table.Column("words"), Table.Column("best head", .left),
        ]
        var table = Table(names + figures, names: 3)
        for (relation, row) in try study.relationRows() {
            let words = study.readings.first?.reading.words(relation) ?? 0
            table.add([relation.name, "\(words)", place(row)] + cells(row))
        }
        return table
    }

    /// "layer 1, head 3", or of several models in how many the best one is in which layer.
    private static func place(_ row: HeadRow) -> String {
        if row.followings.count == 1 { return "layer \(row.followings[0].layer), head \(row.followings[0].head)" }
        let layers = Dictionary(grouping: row.followings, by: \.layer).mapValues(\.count).sorted { $0.key < $1.key }
        return layers.map { "layer \($0.key)" + (layers.count > 1 ? " (\($0.value))" : "") }.joined(separator: ", ")
    }

    private static func cells(_ row: HeadRow) -> [String] {
        let offsets = Set(row.followings.map(\.offset)).sorted()
        return [
            value(row.share), offsets.map(offset).joined(separator: ", "), value(row.offsetShare),
            value(row.difference, row.sentences),
        ]
    }

    private static func offset(_ offset: Int) -> String { offset < 0 ? "−\(-offset)" : "+\(offset)" }

    /// In percent or in points.
    private static func value(
        _ interval: MeanInterval, _ sentences: (lower: Double, upper: Double)? = nil
    ) -> String {
        func text(_ value: Double) -> String { NumberText.text(value * 100, digits: 1) }
        guard let mean = interval.mean else { return "–" }
        return text(mean) + (interval.halfWidth.flatMap { $0 > 0 ? " ±" + text($0) : nil } ?? "")
            + (sentences.map { " (\(text($0.lower)) to \(text($0.upper)))" } ?? "")
    }

    // MARK: picture

    /// The shares of every relation in every head of one model, and in the last row those of the offsets.
    static func picture(_ reading: HeadReading, seed: UInt64?) -> String {
        func shares(_ figure: (SyntaxRelation) -> Double?) -> [Double?] { SyntaxRelation.allCases.map(figure) }
        let distances = shares { relation in
            reading.heads.first.flatMap { reading.following(relation, $0)?.offsetShare }
        }
        return MatrixChart(
            name: "heads", title: "What heads point at" + (seed.map { ", seed \($0)" } ?? ""),
            rows: reading.heads.map { "layer \($0.layer) head \($0.head)" } + ["best fixed distance"],
            columns: SyntaxRelation.allCases.map(\.name),
            values: reading.heads.map { head in shares { reading.following($0, head)?.share } } + [distances]
        ).svg
    }

    // MARK: JSON

    struct Summary: Encodable {
        let task: String, models: Int
        let heads: [Row], relations: [Row]
        let readings: [Model]

        struct Row: Encodable {
            @ExplicitNull var layer: Int?
            @ExplicitNull var head: Int?
            /// What is followed, and by how many models.
            let relations: [String: Int]
            @ExplicitNull var share: Double?
            @ExplicitNull var offsetShare: Double?
            @ExplicitNull var difference: Double?
            @ExplicitNull var lower: Double?
            @ExplicitNull var upper: Double?
            let followings: [HeadReading.Following]

            init(_ row: HeadRow) {
                (layer, head, followings) = (row.layer, row.head, row.followings)
                relations = Dictionary(uniqueKeysWithValues: row.relations.map { ($0.relation.rawValue, $0.models) })
                (share, offsetShare, difference) = (row.share.mean, row.offsetShare.mean, row.difference.mean)
                (lower, upper) = (row.interval?.lower, row.interval?.upper)
            }
        }

        /// Every relation in every head.
        struct Model: Encodable {
            let seed: UInt64
            let shares: [HeadReading.Following]
        }

        init(_ study: HeadStudy, task: String) throws {
            (self.task, models) = (task, study.readings.count)
            heads = try study.headRows().map { Row($0) }
            relations = try study.relationRows().map { Row($0.row) }
            readings = study.readings.map { seed, reading in
                Model(
                    seed: seed,
                    shares: reading.heads.flatMap { head in
                        SyntaxRelation.allCases.compactMap { reading.following($0, head) }
                    })
            }
        }
    }
}
