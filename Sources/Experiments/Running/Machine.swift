// Which machine and toolchain a figure was measured with.

import Foundation

/// Printed with every speed figure: ratios last, absolute times do not.
public struct Machine: Sendable, Codable, Equatable {
    public var processor: String
    public var cores: Int
    public var system: String
    public var swift: String
    /// The numbers, and the vectors that sum them: another width sums in another order, and rounds differently.
    public var build: String

    public static var current: Machine {
        Machine(
            processor: processorName, cores: ProcessInfo.processInfo.activeProcessorCount,
            system: ProcessInfo.processInfo.operatingSystemVersionString, swift: swiftVersion, build: buildName)
    }

    /// What a portable build says of itself before it tells its speed; nil for a native one.
    public static var advice: String? {
        #if PORTABLE && arch(x86_64)
        "This is a portable build: it runs on any processor of the kind, without the vector instructions of this one, and is several times "
            + "slower than a native build (`swift build` without ATTENTIONLAB_VECTORS=portable)."
        #elseif PORTABLE
        "This is a portable build; on this kind of processor it is as fast as a native one."
        #else
        nil
        #endif
    }

    private static var processorName: String {
        // Linux tells in a file; elsewhere the architecture must do.
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        #if arch(arm64)
        return name ?? "arm64"
        #else
        return name ?? "x86-64"
        #endif
    }

    private static var swiftVersion: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }

    private static var buildName: String {
        #if SCALAR64
        let numbers = "float64"
        #else
        let numbers = "float32"
        #endif
        #if PORTABLE
        return numbers + ", portable"
        #elseif AVX512
        return numbers + ", 512-bit vectors"
        #else
        return numbers + ", 256-bit vectors"
        #endif
    }
}
