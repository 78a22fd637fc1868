// Builds and checks beside the watch, which meanwhile hears keys and sees files. One at a time.

import Dispatch
import Foundation
import Synchronization
import Terminal
import Workbook

final class WatchWork: Sendable {
    private struct State {
        var news: [Watch.Event] = []
        /// Of the work that may still tell something; what was stopped has an older number.
        var number = 0
        var running = 0
    }

    private let state = Mutex(State())
    private let course = CourseBuild()

    /// What has come to its end since the last time, and what is to be known before.
    func take() -> [Watch.Event] {
        state.withLock { state in
            defer { state.news = [] }
            return state.news
        }
    }

    func build() {
        start { number in
            if CourseBuild.isLeftOut { return .built(.built) }
            return .built(
                self.course.run(
                    waits: { self.tell(.waiting, of: number) }, isStopped: { self.isStopped(number) }))
        }
    }

    func check(_ exercise: Exercise) {
        start { number in
            do {
                return .checked(try ExerciseProbe.standing(of: exercise) { self.isStopped(number) })
            } catch {
                return .unchecked("\(error)")
            }
        }
    }

    /// What is under way is ended, and tells nothing any more.
    func stop() { state.withLock { $0.number += 1 } }

    /// The same, and waits until it has ended: a compiler must not go on after the watch.
    func end() {
        stop()
        let end = ContinuousClock.now + .seconds(5)
        while state.withLock({ $0.running > 0 }), .now < end { Thread.sleep(forTimeInterval: 0.01) }
    }

    private func start(_ body: @escaping @Sendable (_ number: Int) -> Watch.Event) {
        let number = state.withLock { state in
            state.number += 1
            state.running += 1
            return state.number
        }
        DispatchQueue.global().async {
            let event = body(number)
            self.tell(event, of: number)
            self.state.withLock { $0.running -= 1 }
        }
    }

    private func isStopped(_ number: Int) -> Bool { state.withLock { $0.number != number } }

    private func tell(_ event: Watch.Event, of number: Int) {
        state.withLock { if $0.number == number { $0.news.append(event) } }
    }
}
