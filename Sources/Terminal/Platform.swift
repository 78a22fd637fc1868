// The few things that only the operating system knows: terminals and signals. The one file with calls of the C library.

// The C library stands before Foundation, which brings it in without @preconcurrency.
// swift-format-ignore-file: OrderedImports

#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#else
@preconcurrency import Darwin
#endif
import Foundation
import Synchronization

package enum Platform {
    package enum Stream { case input, output, errors }

    package static func isTerminal(_ stream: Stream) -> Bool {
        switch stream {
        case .input: isatty(STDIN_FILENO) == 1
        case .output: isatty(STDOUT_FILENO) == 1
        case .errors: isatty(STDERR_FILENO) == 1
        }
    }

    /// Characters a line of the terminal has; nil where the output is none.
    package static var terminalWidth: Int? { size(of: STDOUT_FILENO).flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }

    /// Lines of the terminal that standard error goes to; nil where it is none.
    package static var terminalHeight: Int? { size(of: STDERR_FILENO).flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

    private static func size(of file: Int32) -> winsize? {
        var size = winsize()
        return ioctl(file, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
    }

    /// `attention data | head` ends when head has seen enough; writing then fails instead of killing the process.
    package static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    /// Writes everything, or tells why not.
    package static func write(_ bytes: [UInt8], to stream: Stream) -> WriteFailure? {
        let file = stream == .errors ? STDERR_FILENO : STDOUT_FILENO
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { raw in systemWrite(file, raw.baseAddress, raw.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return errno == EPIPE ? .closed : .failed(String(cString: strerror(errno)))
            }
            start += written
        }
        return nil
    }

    /// From now on nothing that is printed waits in memory: a process that crashes or is ended would take it along.
    package static func printAtOnce() { setvbuf(stdout, nil, _IONBF, 0) }

    /// Reads what stands in some pipes, and waits a hundredth of a second at most for something to come.
    ///
    /// - Returns: those that have not ended.
    package static func read(_ files: [Int32], _ take: (Int32, [UInt8]) -> Void) -> [Int32] {
        var asked = files.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&asked, nfds_t(asked.count), 10)
        return asked.filter { one in
            if one.revents == 0 { return true }
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = systemRead(one.fd, &chunk, chunk.count)
            if count > 0 { take(one.fd, Array(chunk[..<count])) }
            return count > 0 || (count < 0 && errno == EINTR)
        }.map(\.fd)
    }

    package enum WriteFailure { case closed, failed(String) }

    // MARK: other programs

    /// This process goes on as another program.
    ///
    /// - Returns: why it could not.
    package static func become(_ program: String, _ words: [String]) -> String {
        withWords([program] + words) { _ = execv(program, $0) }
        return String(cString: strerror(errno))
    }

    /// Runs another program to its end, in the same group, so that Ctrl-C ends both.
    ///
    /// - Parameters:
    ///   - words: its name, looked for in PATH, and its arguments.
    ///   - output: a file that gets all it says; it is told nothing itself.
    /// - Returns: its exit code; 127 where it was not found, 128 where it did not end by itself.
    package static func run(_ words: [String], output: String) -> Int32 {
        var actions = FileActions()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var process = pid_t(), status: Int32 = 0
        var isStarted = false
        withWords(words) { isStarted = posix_spawnp(&process, words[0], &actions, nil, $0, environ) == 0 }
        guard isStarted else { return 127 }
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return 128 } }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128
    }

    /// As C wants them: each ends with a zero, and the list with nil.
    private static func withWords(_ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void) {
        let copies = words.map { strdup($0) }
        body(copies + [nil])
        copies.forEach { free($0) }
    }

    #if canImport(Darwin)
    private typealias FileActions = posix_spawn_file_actions_t?
    #else
    private typealias FileActions = posix_spawn_file_actions_t
    #endif

    // MARK: memory

    package struct MemoryLimit {
        package let bytes: Double
        package let what: String
        /// Whether memory counts that was asked for and never written to.
        package let countsUntouched: Bool
    }

    /// What the machine has, and what the process and its group are allowed.
    package static var memoryLimits: [MemoryLimit] {
        func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
        let addresses = text("/proc/self/limits").split(separator: "\n").first { $0.hasPrefix("Max address space") }
            .flatMap { line in line.split(separator: " ").dropFirst(3).first }
        let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].map { file in
            (text(file).split(whereSeparator: \.isWhitespace).first, "this process's group is allowed", false)
        }
        let machine = (Substring("\(ProcessInfo.processInfo.physicalMemory)"), "this machine has", false)
        let all: [(Substring?, String, Bool)] =
            [machine, (addresses, "this process is allowed (ulimit -v)", true)] + groups
        // "max" and "unlimited" are no numbers, and no limits.
        return all.compactMap { text, what, countsUntouched in
            text.flatMap { Double($0) }.map { MemoryLimit(bytes: $0, what: what, countsUntouched: countsUntouched) }
        }
    }

    // MARK: Ctrl-C

    /// A process that was started from a worker thread inherits its mask, in which every signal waits for ever.
    private static func letSignalsThrough() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGALRM] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// This process ends after so many seconds, whatever it is doing and whoever is left to stop it.
    package static func endAfter(seconds: Int) {
        letSignalsThrough()
        alarm(UInt32(seconds))
    }

    /// Ends another process at once.
    package static func end(_ process: Int32) { _ = kill(process, SIGKILL) }

    private static let interrupted = Atomic(false)

    package static var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    /// From now on the first Ctrl-C only sets `isInterrupted`, so that work in progress can be left in order. The
    /// second one ends the process at once.
    package static func watchInterrupts() {
        // Before a signal can come: the handler may not be the first to use it.
        interrupted.store(false, ordering: .relaxed)
        letSignalsThrough()
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { _ in
                if Platform.interrupted.exchange(true, ordering: .relaxed) { _exit(130) }
            }
        }
    }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, bytes, count)
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
