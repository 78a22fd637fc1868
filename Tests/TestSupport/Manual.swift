// The pages a reader of the project meets: README files, and the manual, which is a folder of pages.

public import Foundation

public enum Manual {
    /// Where Package.swift is.
    public static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    public static let folder = "Sources/AttentionLab/AttentionLab.docc"

    /// From the top of the package, as the folder has them: a page that is added is tested.
    public static let pages: [String] = {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: package.appendingPathComponent(folder).path)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }()

    public static let readmes = ["README.md", "Exercises/README.md", "Notebooks-md/README.md", "Solutions/README.md"]

    public static func text(_ page: String) throws -> String {
        try String(contentsOf: package.appendingPathComponent(page), encoding: .utf8)
    }
}
