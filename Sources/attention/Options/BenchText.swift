// The figures of `attention bench` as tables, notes and a chart.

import AttentionLab
import Terminal

enum BenchText {
    private static func columns(_ left: [String], _ right: [String]) -> [Table.Column] {
        left.map { Table.Column($0, .left) } + right.map { Table.Column($0) }
    }

    private static func percent(_ share: Double?) -> String {
        share.map { NumberText.text($0 * 100, digits: 0) } ?? "–"
    }

    // MARK: scorers and models

    static func scorers(_ figures: [ScorerFigures]) -> Table {
        var table = Table(
            columns(
                ["scorer"],
                [
                    "source words", "forward", "tokens/s", "GFLOP/s", "% of peak", "with keys anew",
                    "forward + backward", "GFLOP/s", "% of peak", "scores alone", "there and back",
                ]), names: 2)
        for one in figures {
            if let last = table.rows.last, last[0] != one.scorer { table.addRule() }
            func number(_ value: Double) -> String { NumberText.text(value, digits: 1) }
            table.add([
                one.scorer, "\(one.source)", number(one.forwardMicroseconds), "\(Int(one.forwardTokensPerSecond))",
                number(one.forwardGFLOPPerSecond), percent(one.forwardShareOfPeak),
                number(one.forwardWithKeysMicroseconds),
                number(one.forwardBackwardMicroseconds), number(one.forwardBackwardGFLOPPerSecond),
                percent(one.forwardBackwardShareOfPeak),
                number(one.scoresMicroseconds), number(one.scoresBackwardMicroseconds),
            ])
        }
        return table
    }

    static func training(_ figures: [ModelSpeed]) -> Table {
        models(figures, ["parameters", "ms/step", "tokens/s", "GFLOP/s", "% of peak"]) { one in
            [
                "\(one.parameters)", NumberText.text(one.trainingStepMilliseconds, digits: 2),
                "\(Int(one.trainingTokensPerSecond))",
                NumberText.text(one.trainingGFLOPPerSecond, digits: 1), percent(one.trainingShareOfPeak),
            ]
        }
    }

    static func memoryNote(_ figures: [ModelSpeed]) -> String {
        let busy = figures.filter { $0.blocksInTimedSteps > 0 }.map {
            "\($0.scorer) (\($0.size)) \($0.blocksInTimedSteps)"
        }
        return "Blocks of numbers allocated after the first step: "
            + (busy.isEmpty
                ? "none; every tensor takes a block that an earlier one gave back."
                : busy.joined(separator: ", ") + ".")
    }

    static func decoding(_ figures: [ModelSpeed]) -> Table {
        models(figures, ["ms/batch", "tokens/s", "GFLOP/s", "% of peak"]) { one in
            [
                NumberText.text(one.decodingMilliseconds, digits: 2), "\(Int(one.decodingTokensPerSecond))",
                NumberText.text(one.decodingGFLOPPerSecond, digits: 1), percent(one.decodingShareOfPeak),
            ]
        }
    }

    static func profiles(_ figures: [StepProfile]) -> Table {
        var table = Table(columns(["scorer", "size"], (figures.first?.phases ?? []).map(\.phase) + ["step"]), names: 2)
        for one in figures {
            if let last = table.rows.last, last[1] != one.size { table.addRule() }
            func number(_ value: Double) -> String { NumberText.text(value, digits: 2) }
            let cells = one.phases.map { phase in
                let time =
                    phase.backwardMilliseconds > 0
                    ? "\(number(phase.forwardMilliseconds)) + \(number(phase.backwardMilliseconds))"
                    : number(phase.forwardMilliseconds)
                return "\(time) (\(percent(phase.milliseconds / one.stepMilliseconds)) %)"
            }
            table.add([one.scorer, one.size] + cells + [number(one.stepMilliseconds)])
        }
        return table
    }

    private static func models(_ figures: [ModelSpeed], _ names: [String], _ cells: (ModelSpeed) -> [String]) -> Table {
        var table = Table(columns(["scorer", "size"], names), names: 2)
        for one in figures {
            if let last = table.rows.last, last[1] != one.size { table.addRule() }
            table.add([one.scorer, one.size] + cells(one))
        }
        return table
    }

    // MARK: growth

    static func growth(_ figures: [ScoringGrowth]) -> Table {
        let lengths = figures.first?.lengths ?? [], last = figures.first?.firstOfLast ?? 0
        var table = Table(
            columns(
                ["scorer", "cost"],
                ["exponent", "of formula", "from \(last)", "of formula"]
                    + lengths.map { "\($0) µs" }))
        for one in figures {
            let exponents = [one.exponent, one.formulaExponent, one.lastExponent, one.lastFormulaExponent]
            table.add(
                [one.scorer, one.formula] + exponents.map { $0.map { NumberText.text($0, digits: 2) } ?? "–" }
                    + one.microseconds.map { NumberText.text($0, digits: 1) })
        }
        return table
    }

    static func growthNote(_ figures: [ScoringGrowth]) -> String {
        let last = figures.first?.firstOfLast ?? 0
        return """
            exponent: p of time ≈ c·Sᵖ, by least squares on the logarithms, over all lengths and over those from \(last) on. of formula: \
            the same for the operations that the card counts, a tanh being one like a multiply-add. A tanh takes longer than that, and \
            a call takes its time however short the source is: so the two agree only where S is large. Where the numbers outgrow a cache, \
            p can be above that of the formula. – where there is no formula, or nothing to count.
            """
    }

    static func chart(_ figures: [ScoringGrowth], notes: [String] = []) -> LineChart {
        let lengths = figures.first?.lengths ?? [], batch = figures.first?.batch ?? 0, width = figures.first?.width ?? 0
        return LineChart(
            title: "Time of the scores of \(NumberText.count(batch, "sentence")), keys kept, D = A = \(width)",
            x: LineChart.Axis("source words", .logarithmic, ticks: lengths.map(Double.init)),
            y: LineChart.Axis("µs", .logarithmic),
            figures.map { one in
                LineChart.Series(
                    one.scorer, zip(one.lengths, one.microseconds).map { LineChart.Point(x: Double($0), y: $1) })
            }, notes: notes)
    }

    // MARK: keys

    static func keys(_ figures: [KeysOnce]) -> Table {
        var table = Table(
            columns(
                ["scorer"],
                [
                    "N = T", "keys: N·d²", "queries: T·d²", "scores: T·N·d", "together", "% T·N·d",
                    "keys anew: T·N·d²", "times as long",
                ]), names: 2)
        for one in figures {
            if let last = table.rows.last, last[0] != one.scorer { table.addRule() }
            let times = [
                one.keysMilliseconds, one.projectionMilliseconds, one.comparisonMilliseconds, one.onceMilliseconds,
            ]
            table.add(
                [one.scorer, "\(one.source)"] + times.map { NumberText.text($0, digits: 2) }
                    + [
                        percent(one.comparisonShare), NumberText.text(one.anewMilliseconds, digits: 2),
                        NumberText.text(one.ratio, digits: 1),
                    ])
        }
        return table
    }

    static func keysChart(_ figures: [KeysOnce]) -> LineChart {
        var names: [String] = []
        for one in figures where !names.contains(one.scorer) { names.append(one.scorer) }
        let lengths = Set(figures.map { Double($0.source) }).sorted()
        return LineChart(
            title: "Time of a decoding with keys computed anew, against keys kept",
            x: LineChart.Axis("N = T", .logarithmic, ticks: lengths),
            y: LineChart.Axis("times as long"),
            names.map { name in
                let own = figures.filter { $0.scorer == name }
                return LineChart.Series(name, own.map { LineChart.Point(x: Double($0.source), y: $0.ratio) })
            })
    }

    static func keysNote(_ figures: [KeysOnce]) -> String {
        guard let longest = figures.map(\.source).max() else {
            return
                "None of these scorers has keys of its own: they compare the query with the states as they are, and there is nothing "
                + "to keep."
        }
        let shares = figures.filter { $0.source == longest }.map(\.comparisonShare)
        let least = percent(shares.min()), greatest = percent(shares.max())
        return """
            The cost with keys kept is often given as O(N·d² + T·d²). That forgets a third term, T·N·d: every step still holds its query \
            against every key. Here it takes \(least == greatest ? least : "\(least) to \(greatest)") % of the time at N = T = \(longest), \
            and it is the only one of the three that grows with both lengths. Keys: measured once, for \
            \(NumberText.count(figures[0].batch, "sentence")). Queries: T times a measured step on a source of one word (the query's \
            projection, if the scorer has one, and the calls). Scores: T times what a measured step on N words takes longer. Keys anew: the same with \
            T times the keys.
            """
    }
}
