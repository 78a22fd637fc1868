// Keys of a terminal as they are pressed, and the terminal as it was before, whatever way this process ends.

import Synchronization

#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#else
@preconcurrency import Darwin
#endif

package enum Keyboard {
    /// How the terminal was. Memory that stays where it is: a signal handler may neither wait for a lock nor
    /// ask for memory.
    nonisolated(unsafe) private static let before = UnsafeMutablePointer<termios>.allocate(capacity: 1)

    /// How it is while keys are read; in such memory, too.
    nonisolated(unsafe) private static let during = UnsafeMutablePointer<termios>.allocate(capacity: 1)

    private static let isChanged = Atomic(false)

    package static var isInUse: Bool { isChanged.load(ordering: .relaxed) }

    /// From now on keys come one by one and are not shown. Ctrl-C and Ctrl-Z stay what they are.
    ///
    /// - Returns: false where standard input is no terminal that can do so.
    package static func begin() -> Bool {
        guard !isInUse, tcgetattr(STDIN_FILENO, before) == 0 else { return false }
        var keys = before.pointee
        keys.c_lflag &= ~tcflag_t(ICANON | ECHO)
        // A core dump would leave no time to set the terminal back.
        signal(SIGQUIT, SIG_IGN)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0 else { return false }
        during.initialize(to: keys)
        isChanged.store(true, ordering: .relaxed)
        atexit { Keyboard.restore() }
        // After Ctrl-Z a shell sets its own terminal up again. Who was sent to the background may not touch it.
        signal(SIGCONT) { _ in
            if Keyboard.isInUse, tcgetpgrp(STDIN_FILENO) == getpgrp() {
                tcsetattr(STDIN_FILENO, TCSANOW, Keyboard.during)
            }
        }
        return true
    }

    /// The terminal as it was. May be called from a signal handler, and more than once.
    package static func restore() {
        if isChanged.exchange(false, ordering: .relaxed) { tcsetattr(STDIN_FILENO, TCSANOW, before) }
    }

    /// What was typed since the last time, and waits for something to be.
    ///
    /// - Returns: nil at the end of the input.
    package static func read(waiting milliseconds: Int32) -> [UInt8]? {
        var typed: [UInt8] = []
        let open = Platform.read([STDIN_FILENO], waiting: milliseconds) { typed += $1 }
        return open.isEmpty && typed.isEmpty ? nil : typed
    }
}
