// The few things that only the operating system knows: terminals and signals. The one file with calls of the C library.

#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#else
@preconcurrency import Darwin
#endif
import Foundation
import Synchronization

enum Platform {
    enum Stream { case input, output, errors }

    static func isTerminal(_ stream: Stream) -> Bool {
        switch stream {
        case .input: isatty(STDIN_FILENO) == 1
        case .output: isatty(STDOUT_FILENO) == 1
        case .errors: isatty(STDERR_FILENO) == 1
        }
    }

    /// Characters a line of the terminal has; nil where the output is none.
    static var terminalWidth: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// `attention data | head` ends when head has seen enough; writing then fails instead of killing the process.
    static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    /// Writes everything, or tells why not.
    static func write(_ bytes: [UInt8], to stream: Stream) -> WriteFailure? {
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
    static func printAtOnce() { setvbuf(stdout, nil, _IONBF, 0) }

    /// Reads what stands in some pipes, and waits a hundredth of a second at most for something to come.
    ///
    /// - Returns: those that have not ended.
    static func read(_ files: [Int32], _ take: (Int32, [UInt8]) -> Void) -> [Int32] {
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

    enum WriteFailure { case closed, failed(String) }

    // MARK: memory

    struct MemoryLimit {
        let bytes: Double
        let what: String
        /// Whether memory counts that was asked for and never written to.
        let countsUntouched: Bool
    }

    /// What the machine has, and what the process and its group are allowed.
    static var memoryLimits: [MemoryLimit] {
        func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
        let addresses = text("/proc/self/limits").split(separator: "\n").first { $0.hasPrefix("Max address space") }
            .flatMap { line in line.split(separator: " ").dropFirst(3).first }
        let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].map { file in
            (text(file).split(whereSeparator: \.isWhitespace).first, "this process's group is allowed", false)
        }
        let machine = (Substring("\(ProcessInfo.processInfo.physicalMemory)"), "this machine has", false)
        let all: [(Substring?, String, Bool)] = [machine, (addresses, "this process is allowed (ulimit -v)", true)] + groups
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
    static func endAfter(seconds: Int) {
        letSignalsThrough()
        alarm(UInt32(seconds))
    }

    /// Ends another process at once.
    static func end(_ process: Int32) { _ = kill(process, SIGKILL) }

    private static let interrupted = Atomic(false)

    static var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    /// From now on the first Ctrl-C only sets `isInterrupted`, so that work in progress can be left in order. The second one
    /// ends the process at once.
    static func watchInterrupts() {
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

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int { read(file, bytes, count) }

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
