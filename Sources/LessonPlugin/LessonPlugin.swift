// Has the pages of Notebooks-md made into Swift before the target `Lessons` is compiled. SwiftPM asks which pages there are when it
// plans a build: a page that changes is noticed, a new one after `touch Package.swift`.

import Foundation
import PackagePlugin

@main
struct LessonPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let folder = context.package.directoryURL.appendingPathComponent("Notebooks-md")
        let pages = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" && $0.lastPathComponent.first?.isNumber == true }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let output = context.pluginWorkDirectoryURL
        let generated = pages.map { output.appendingPathComponent("lesson_\($0.deletingPathExtension().lastPathComponent).swift") }
        return [
            .buildCommand(
                displayName: "Lessons", executable: try context.tool(named: "LessonGenerator").url,
                arguments: [output.path] + pages.map(\.path), inputFiles: pages, outputFiles: generated + [output.appendingPathComponent("Contents.swift")]),
        ]
    }
}
