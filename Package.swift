// swift-tools-version: 6.2
// AttentionLab: attention scorers in one translation harness. No package dependencies.
//
// Environment variables change the build:
//   ATTENTIONLAB_PORTABLE=1   no host-specific instructions (on x86-64 about three times slower; runs on any CPU of the kind)
//   ATTENTIONLAB_SCALAR64=1   the whole library in float64, for gradient checks and golden numbers to 1e-9
//   ATTENTIONLAB_TESTS=core   only the tests of tensors, scorers and models, and nothing that they do not need: what CI runs in float64
// Give each its own --scratch-path, so that the builds do not overwrite one another.
import Foundation
import PackageDescription

let portable = Context.environment["ATTENTIONLAB_PORTABLE"] != nil
let scalar64 = Context.environment["ATTENTIONLAB_SCALAR64"] != nil

// Library code is optimised in debug builds too, so that `swift run` and `swift test` share one fast build.
// -O and not -Ounchecked: preconditions must stay. On x86-64 the SIMD kernels need the host's instructions
// (wide vectors, and fused multiply-adds, which are library calls without them); arm64 has NEON anyway.
var optimised: [String] = ["-O"]
#if arch(x86_64)
if !portable { optimised += ["-Xcc", "-march=native"] }
#endif
// Where the CPU has 512-bit registers the kernels' vectors are as wide. Only Linux tells, in a file; elsewhere, and on arm64, 256 bits are right.
let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
let wide = !portable && processor.contains(" avx512f ")
let defines: [SwiftSetting] = (scalar64 ? [.define("SCALAR64")] : []) + (portable ? [.define("PORTABLE")] : []) + (wide ? [.define("AVX512")] : [])
let fast: [SwiftSetting] = [.unsafeFlags(optimised)] + defines

/// Every module of the library. Whoever imports `AttentionLab` imports all of them, and says so here: the build then knows that
/// a change in one of them concerns that target too. With "AttentionLab" alone, editing a module and building again gave
/// programs that did not link, or crashed.
let library: [Target.Dependency] = ["AttentionLab", "Randomness", "VectorMath", "TensorCore", "Corpora", "AttentionScorers", "Seq2Seq", "Evaluation", "Experiments", "Reports"]

let package = Package(
    name: "AttentionLab",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "AttentionLab", targets: ["AttentionLab"]),
        .executable(name: "attention", targets: ["attention"]),
    ],
    targets: [
        .target(name: "Randomness", swiftSettings: fast),
        .target(name: "VectorMath", swiftSettings: fast),
        .target(name: "TensorCore", dependencies: ["Randomness", "VectorMath"], swiftSettings: fast),
        .target(name: "Corpora", dependencies: ["Randomness"], swiftSettings: fast),
        .target(name: "AttentionScorers", dependencies: ["TensorCore", "Randomness"], swiftSettings: fast),
        .target(name: "Seq2Seq", dependencies: ["TensorCore", "AttentionScorers", "Corpora", "Randomness"], swiftSettings: fast),
        .target(name: "Evaluation", dependencies: ["Corpora", "Randomness"], swiftSettings: fast),
        .target(name: "Reports", dependencies: ["Corpora", "Evaluation"], swiftSettings: fast),
        .target(name: "Experiments", dependencies: ["Seq2Seq", "Evaluation", "Reports"], swiftSettings: fast),
        .target(name: "AttentionLab",
                dependencies: ["Randomness", "TensorCore", "Corpora", "AttentionScorers", "Seq2Seq", "Evaluation", "Experiments", "Reports"],
                swiftSettings: fast),
        .target(name: "Workbook", dependencies: library, swiftSettings: defines),
        .target(name: "Exercises", dependencies: library + ["Workbook"], path: "Exercises", exclude: ["README.md"], swiftSettings: defines),
        .target(name: "Solutions", dependencies: library + ["Workbook"], path: "Solutions", exclude: ["README.md"], swiftSettings: defines),
        // The pages of Notebooks-md become Swift before `Lessons` is compiled.
        .target(name: "LessonText", swiftSettings: defines),
        .executableTarget(name: "LessonGenerator", dependencies: ["LessonText"], swiftSettings: defines),
        .plugin(name: "LessonPlugin", capability: .buildTool(), dependencies: ["LessonGenerator"], path: "Sources/LessonPlugin"),
        .target(name: "Lessons", dependencies: library + ["LessonText"], swiftSettings: defines),
        .target(name: "LessonPages", dependencies: library + ["Lessons"], path: "Notebooks-md", exclude: ["README.md"], swiftSettings: defines, plugins: ["LessonPlugin"]),
        .executableTarget(name: "attention", dependencies: library + ["Workbook", "Exercises", "Lessons", "LessonPages"], swiftSettings: fast),

        .target(name: "TestSupport", dependencies: library, path: "Tests/TestSupport", swiftSettings: defines),
        .testTarget(name: "TensorCoreTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "CorporaTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "AttentionScorersTests", dependencies: library + ["Workbook", "Exercises", "Solutions", "TestSupport"], swiftSettings: defines),
        .testTarget(name: "Seq2SeqTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "EvaluationTests", dependencies: library + ["TestSupport"], exclude: ["Goldens"], swiftSettings: defines),
        .testTarget(name: "ReportsTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "ExperimentsTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "ExerciseTests", dependencies: library + ["Workbook", "Exercises", "Solutions", "TestSupport"], swiftSettings: defines),
        .testTarget(name: "LessonTests", dependencies: library + ["LessonText", "Lessons", "LessonPages"], swiftSettings: defines),
        .testTarget(name: "CommandTests", dependencies: library + ["attention", "TestSupport"], swiftSettings: defines),
    ],
    swiftLanguageModes: [.v6]
)

if Context.environment["ATTENTIONLAB_TESTS"] == "core" {
    let left: Set = ["CorporaTests", "EvaluationTests", "ReportsTests", "ExperimentsTests", "ExerciseTests", "LessonTests", "CommandTests", "LessonText", "LessonGenerator", "LessonPlugin", "Lessons", "LessonPages", "attention"]
    package.targets.removeAll { left.contains($0.name) }
    package.products.removeAll { $0.name == "attention" }
}
