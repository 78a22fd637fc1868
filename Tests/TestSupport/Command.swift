// Runs the built `attention` as a user would.

public import Foundation

/// What a finished command left behind.
public struct CommandResult: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
}

public enum Command {
    /// Where SwiftPM put the tests, it put the executable too.
    private static var products: URL {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        return (bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])).deletingLastPathComponent()
    }

    /// A process that is ready to run, with its output in two files: pipes would fill up.
    public static func process(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String? = nil
    ) throws
        -> (process: Process, result: () throws -> CommandResult)
    {
        let process = Process()
        process.executableURL = products.appendingPathComponent("attention")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // `swift test` has built everything, and holds the lock that a build would wait for.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["ATTENTIONLAB_COURSE": "as-built"]) { $1 }.merging(environment) { $1 }
        func file(_ name: String) throws -> (URL, FileHandle) {
            let url = folder.appendingPathComponent(".\(name)-\(UUID().uuidString)")
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
            return (url, try FileHandle(forWritingTo: url))
        }
        let (output, outputHandle) = try file("output"), (errors, errorHandle) = try file("errors")
        (process.standardOutput, process.standardError) = (outputHandle, errorHandle)
        if let input {
            let url = folder.appendingPathComponent(".input-\(UUID().uuidString)")
            try Data(input.utf8).write(to: url)
            process.standardInput = try FileHandle(forReadingFrom: url)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        return (
            process,
            {
                try CommandResult(
                    status: process.terminationStatus,
                    output: String(decoding: Data(contentsOf: output), as: UTF8.self),
                    errors: String(decoding: Data(contentsOf: errors), as: UTF8.self))
            }
        )
    }

    public static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String? = nil
    ) throws -> CommandResult {
        let (process, result) = try process(arguments, in: folder, environment: environment, input: input)
        try process.run()
        process.waitUntilExit()
        return try result()
    }
}

/// A folder that is gone after the test.
public func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}
