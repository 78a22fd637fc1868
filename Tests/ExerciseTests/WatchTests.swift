// What a watch does about what happens, played without a compiler, a terminal or a clock.

import Terminal
import Testing
import Workbook

@testable import course

@Suite("What a watch does") struct WatchTests {
    private static let exercises = (1...4).map { number in
        Exercise(
            ExerciseName(.exercise, number), "title \(number)", topic: "Topic", lesson: "01_Lesson",
            hints: ["a", "b", "c"], gaps: [Gap("the gap", function: "gap") {}])
    }

    private let errors = CourseBuild.Failure(log: "/x/Exercises/Exercise01_Topic.swift:3:4: error: no\n")

    private func standing(_ place: Int, _ state: Exercise.State) -> Standing { Standing(Self.exercises[place], state) }

    /// Only what is done, not what is said of it.
    private func deeds(_ actions: [Watch.Action]) -> [Watch.Action] {
        actions.filter { action in
            if case .remark = action { return false }
            return true
        }
    }

    private func said(_ actions: [Watch.Action]) -> String {
        actions.map { if case .say(let text) = $0 { text } else { "" } }.joined()
    }

    private func watch(at place: Int?, afterFirst state: Exercise.State? = .notStarted) -> Watch {
        var watch = Watch(Self.exercises, at: place)
        #expect(deeds(watch.handle(.begin)) == [.build] && watch.isBusy)
        #expect(watch.handle(.built(.built)) == [.check(place ?? 0)])
        if let state { _ = watch.handle(.checked(standing(place ?? 0, state))) }
        return watch
    }

    @Test("without a name it begins with the first exercise that is not done") func seeks() {
        var watch = watch(at: nil, afterFirst: nil)
        #expect(watch.handle(.checked(standing(0, .done))) == [.check(1)])
        #expect(watch.handle(.checked(standing(1, .done))) == [.check(2)])
        #expect(deeds(watch.handle(.checked(standing(2, .notStarted)))) == [.tell(2, standing(2, .notStarted))])
        #expect(watch.place == 2 && !watch.isBusy)
    }

    @Test("where all are done, it says so once and goes on watching") func allDone() {
        var watch = watch(at: nil, afterFirst: nil)
        for place in 0..<3 { #expect(watch.handle(.checked(standing(place, .done))) == [.check(place + 1)]) }
        let text = said(watch.handle(.checked(standing(3, .done))))
        #expect(text.hasPrefix("All done.") && !watch.isBusy)
        #expect(deeds(watch.handle(.saved(["Exercises/Exercise01_Topic.swift"]))) == [.build])
    }

    @Test("a save is built, and success goes on to the next that is not done, past the end too") func leadsOn() {
        var watch = watch(at: 2)
        #expect(deeds(watch.handle(.saved(["a"]))) == [.build])
        #expect(watch.handle(.built(.built)) == [.check(2)])
        #expect(watch.handle(.checked(standing(2, .done))) == [.tell(2, standing(2, .done)), .check(3)])
        #expect(watch.handle(.checked(standing(3, .done))) == [.check(0)])
        let told = deeds(watch.handle(.checked(standing(0, .failing(gap: "the gap", message: "no")))))
        #expect(told == [.tell(0, standing(0, .failing(gap: "the gap", message: "no")))])
    }

    @Test("a done exercise that was asked for stays at hand until a save") func looks() {
        var watch = watch(at: 1, afterFirst: nil)
        #expect(watch.handle(.checked(standing(1, .done))) == [.tell(1, standing(1, .done))])
        #expect(!watch.isBusy && watch.place == 1)
    }

    @Test("a save while a build runs starts another one afterwards, and nothing is said of the first")
    func savedMeanwhile() {
        for ending in [CourseBuild.Ending.built, .failed(errors)] {
            var watch = watch(at: 0)
            _ = watch.handle(.saved(["a"]))
            #expect(watch.handle(.saved(["a"])) == [] && watch.handle(.saved(["b"])) == [])
            #expect(deeds(watch.handle(.built(ending))) == [.build])
            #expect(watch.handle(.built(.built)) == [.check(0)], "once is enough")
        }
    }

    @Test("a save while a check runs ends the check, whose verdict is about older code") func savedInCheck() {
        var watch = watch(at: 0, afterFirst: nil)
        #expect(deeds(watch.handle(.saved(["a"]))) == [.stopCheck, .build])
        #expect(watch.handle(.checked(standing(0, .done))) == [], "too late")
        #expect(watch.handle(.built(.built)) == [.check(0)])
    }

    @Test("what does not compile is shown, again for another exercise, and the next save is built") func refused() {
        var watch = watch(at: 0)
        _ = watch.handle(.saved(["a"]))
        #expect(watch.handle(.built(.failed(errors))) == [.refuse(0)])
        #expect(watch.handle(.typed("n")) == [.say("Exercise 2 · title 2\n"), .refuse(1)])
        #expect(deeds(watch.handle(.saved(["a"]))) == [.build])
        #expect(watch.handle(.built(.built)) == [.check(1)])
    }

    @Test("a file that is gone is waited for: no build before it is back") func gone() {
        var watch = watch(at: 0)
        let file = Self.exercises[2].file
        let text = said(watch.handle(.gone([file])))
        #expect(text.hasPrefix(file + " is not there") && text.contains("exercises reset 3 "))
        #expect(watch.handle(.saved(["other"])) == [], "a module that lacks a file does not compile")
        #expect(deeds(watch.handle(.saved([file]))) == [.build])
    }

    @Test("keys: three hints each, the neighbours, the task, the end") func keys() {
        var watch = watch(at: 0)
        #expect((1...3).map { _ in watch.handle(.typed("h")) } == [[.hint(0, 1)], [.hint(0, 2)], [.hint(0, 3)]])
        #expect(
            watch.handle(.typed("h")) == [.say("That was the last hint. A solution: attention exercises solution 1\n")])
        #expect(watch.handle(.typed("p")) == [.say("Exercise 1 is the first one.\n")])
        #expect(watch.handle(.typed("n")) == [.check(1)])
        #expect(watch.handle(.typed("n")) == [.stopCheck, .check(2)], "not the answer about the one before")
        _ = watch.handle(.checked(standing(2, .notStarted)))
        #expect(watch.handle(.typed("h")) == [.hint(2, 1)] && watch.handle(.typed("s")) == [.task(2)])
        #expect(watch.handle(.typed("p")) == [.check(1)] && watch.handle(.typed("p")) == [.stopCheck, .check(0)])
        #expect(
            watch.handle(.typed("hint")) == [
                .say("That was the last hint. A solution: attention exercises solution 1\n")
            ])
        #expect(watch.handle(.typed("x")) == [] && watch.handle(.typed("q")) == [.quit])
    }

    @Test("where there is no swift, it says so; another build is waited for") func otherEndings() {
        var watch = Watch(Self.exercises, at: 0)
        _ = watch.handle(.begin)
        #expect(watch.handle(.waiting) == [.remark("waiting for another build to end\n")] && watch.isBusy)
        let text = said(watch.handle(.built(.impossible)))
        #expect(text.contains("swift was not found") && !watch.isBusy)
    }

    @Test("arrows are no letters") func arrows() {
        #expect(WatchRun.keys(in: "\u{1B}[Ah\u{1B}[3~\u{1B}OPN q\u{1B}") == "hnq")
    }
}
