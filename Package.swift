// swift-tools-version: 6.2
// AttentionLab: attention scorers in one translation harness. No package dependencies.
//
// Environment variables change the build:
//   ATTENTIONLAB_VECTORS=512|256|portable   the vectors of the kernels; without it the widest that this machine has. On x86-64:
//                             512        AVX-512: a processor without it stops at the first such instruction
//                             256        AVX2 with fused multiply-adds, which every x86-64 processor since 2015 or so has
//                             portable   no instructions of one processor: about three times slower, runs on any of the kind
//   ATTENTIONLAB_SCALAR64=1   the whole library in float64, for gradient checks and golden numbers to 1e-9
//   ATTENTIONLAB_TESTS=core   only the tests of tensors, scorers and models, and nothing that they do not need: what CI runs in float64
// Give each its own --scratch-path, so that the builds do not overwrite one another.
// Another width sums in another order, and rounds differently: what holds on one must hold on all (`.ci/run` proves
// it).
import Foundation
import PackageDescription

/// How wide the vectors of the kernels are, and which instructions they may use.
enum Vectors: String, CaseIterable { case portable, wide = "512", narrow = "256" }

/// What was asked for, or what this machine has. Only Linux tells, in a file; elsewhere, and on arm64, 256 bits are
/// right.
let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
let asked =
    Context.environment["ATTENTIONLAB_VECTORS"]
    ?? (Context.environment["ATTENTIONLAB_PORTABLE"] != nil ? "portable" : nil)
if let asked, Vectors(rawValue: asked) == nil {
    let message =
        "ATTENTIONLAB_VECTORS is \"\(asked)\": expected 512, 256 or portable, or nothing for the widest of this machine\n"
    FileHandle.standardError.write(Data(message.utf8))
    exit(2)
}
let vectors = asked.flatMap(Vectors.init) ?? (processor.contains(" avx512f ") ? .wide : .narrow)
let scalar64 = Context.environment["ATTENTIONLAB_SCALAR64"] != nil

// Library code that computes is optimised in debug builds too, so that `swift run` and `swift test` share one fast
// build. -O and not -Ounchecked: preconditions must stay. On x86-64 the SIMD kernels need more than the instructions
// that all have (wide vectors, and fused multiply-adds, which are library calls without them); arm64 has NEON anyway.
var optimised: [String] = ["-O"]
#if arch(x86_64)
let instructions: [Vectors: String] = [.wide: "x86-64-v4", .narrow: "x86-64-v3"]
if let name = asked == nil ? "native" : instructions[vectors] { optimised += ["-Xcc", "-march=\(name)"] }
#endif
let widths: [Vectors: String] = [.wide: "AVX512", .portable: "PORTABLE"]
let defines: [SwiftSetting] = (scalar64 ? [.define("SCALAR64")] : []) + (widths[vectors].map { [.define($0)] } ?? [])
/// For what computes. Describing, drawing and reading commands is about as fast without, and compiles in half the time:
/// measured at 277 s of processor time for `attention` with all of it optimised, 167 s so; `attention report` takes a
/// second more.
let fast: [SwiftSetting] = [.unsafeFlags(optimised)] + defines

/// Every module of the library. Whoever imports `AttentionLab` imports all of them, and says so here: the build then
/// knows that a change in one of them concerns that target too. With "AttentionLab" alone, editing a module and
/// building again gave programs that did not link, or crashed.
let library: [Target.Dependency] = [
    "AttentionLab", "Randomness", "VectorMath", "TensorCore", "Corpora", "AttentionScorers", "Seq2Seq", "Evaluation",
    "Aligners", "Experiments", "Reports",
]

let package = Package(
    name: "AttentionLab",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "AttentionLab", targets: ["AttentionLab"]),
        .executable(name: "attention", targets: ["attention"]),
        .executable(name: "course", targets: ["course"]),
    ],
    targets: [
        .target(name: "Randomness", swiftSettings: fast),
        .target(name: "VectorMath", swiftSettings: fast),
        .target(name: "TensorCore", dependencies: ["Randomness", "VectorMath"], swiftSettings: fast),
        .target(name: "Corpora", dependencies: ["Randomness"], swiftSettings: fast),
        .target(name: "AttentionScorers", dependencies: ["TensorCore", "Randomness"], swiftSettings: fast),
        .target(
            name: "Seq2Seq", dependencies: ["TensorCore", "AttentionScorers", "Corpora", "Randomness"],
            swiftSettings: fast),
        .target(name: "Evaluation", dependencies: ["Corpora", "Randomness"], swiftSettings: fast),
        .target(
            name: "Aligners", dependencies: ["TensorCore", "Corpora", "Evaluation", "Randomness"], swiftSettings: fast),
        .target(name: "Reports", dependencies: ["Corpora", "Evaluation"], swiftSettings: defines),
        .target(
            name: "Experiments", dependencies: ["Seq2Seq", "Evaluation", "Aligners", "Reports"], swiftSettings: defines),
        // Nothing but the command reads what claims say, so that neither lessons nor exercises wait for it.
        .target(name: "Claims", dependencies: library, swiftSettings: defines),
        .target(
            name: "AttentionLab",
            dependencies: [
                "Randomness", "TensorCore", "Corpora", "AttentionScorers", "Seq2Seq", "Evaluation", "Aligners",
                "Experiments", "Reports",
            ],
            swiftSettings: fast),

        // The command line. What students and learners write is compiled into two programs, so that neither waits for
        // the other, or stops at the other's mistakes: `attention` has the learner's scorers, `course` the exercises
        // and lessons.
        .target(name: "Terminal", dependencies: library, swiftSettings: defines),
        .target(name: "MyScorers", dependencies: library, path: "Exercises/Scorers", swiftSettings: defines),
        .executableTarget(
            name: "attention", dependencies: library + ["Claims", "Terminal", "MyScorers"], swiftSettings: defines),

        .target(name: "TextLines", swiftSettings: defines),
        .target(name: "Workbook", dependencies: library + ["Terminal", "TextLines"], swiftSettings: defines),
        .target(
            name: "Exercises", dependencies: library + ["Workbook", "MyScorers"], path: "Exercises",
            exclude: ["README.md", "Scorers"],
            swiftSettings: defines),
        .target(
            name: "Solutions", dependencies: library + ["Workbook", "MyScorers"], path: "Solutions",
            exclude: ["README.md"], swiftSettings: defines),
        // The pages of Notebooks-md become Swift before `Lessons` is compiled.
        .target(name: "LessonText", dependencies: ["TextLines"], swiftSettings: defines),
        .executableTarget(name: "LessonGenerator", dependencies: ["LessonText"], swiftSettings: defines),
        .plugin(
            name: "LessonPlugin", capability: .buildTool(), dependencies: ["LessonGenerator"],
            path: "Sources/LessonPlugin"),
        .target(name: "Lessons", dependencies: library + ["LessonText", "TextLines"], swiftSettings: defines),
        .target(
            name: "LessonPages", dependencies: library + ["Lessons"], path: "Notebooks-md", exclude: ["README.md"],
            swiftSettings: defines, plugins: ["LessonPlugin"]),
        .executableTarget(
            name: "course",
            dependencies: library + ["Terminal", "Workbook", "Exercises", "Lessons", "LessonPages", "TextLines"],
            swiftSettings: defines),

        .target(name: "TestSupport", dependencies: library, path: "Tests/TestSupport", swiftSettings: defines),
        .testTarget(name: "TensorCoreTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "CorporaTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(
            name: "AttentionScorersTests",
            dependencies: library + ["Workbook", "MyScorers", "Solutions", "TestSupport"], swiftSettings: defines),
        .testTarget(name: "Seq2SeqTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(
            name: "EvaluationTests", dependencies: library + ["TestSupport"], exclude: ["Goldens"],
            swiftSettings: defines),
        .testTarget(name: "AlignersTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(name: "ReportsTests", dependencies: library + ["TestSupport"], swiftSettings: defines),
        .testTarget(
            name: "ExperimentsTests", dependencies: library + ["Claims", "TestSupport"],
            exclude: ["Stored-0.1", "Stored-schema-2"], swiftSettings: defines),
        .testTarget(
            name: "ExerciseTests",
            dependencies: library + [
                "Terminal", "Workbook", "Exercises", "Solutions", "course", "TextLines", "TestSupport",
            ], swiftSettings: defines),
        .testTarget(
            name: "LessonTests",
            dependencies: library + ["LessonText", "Lessons", "LessonPages", "TextLines", "TestSupport"],
            swiftSettings: defines),
        // It runs `course` too, which `ExerciseTests` has built: naming it here would have these tests compiled again
        // after each edit of an exercise.
        .testTarget(
            name: "CommandTests",
            dependencies: library + ["attention", "Claims", "Terminal", "TextLines", "TestSupport"],
            swiftSettings: defines),
    ],
    swiftLanguageModes: [.v6]
)

if Context.environment["ATTENTIONLAB_TESTS"] == "core" {
    let left: Set = [
        "CorporaTests", "AlignersTests", "EvaluationTests", "ReportsTests", "ExperimentsTests", "ExerciseTests",
        "LessonTests",
        "CommandTests", "Claims", "LessonText", "LessonGenerator", "LessonPlugin", "Lessons", "LessonPages",
        "attention", "course",
    ]
    package.targets.removeAll { left.contains($0.name) }
    package.products.removeAll { ["attention", "course"].contains($0.name) }
}
