// Has the pages of Notebooks-md made into Swift before they are compiled.

import Foundation
import PackagePlugin

@main
struct LessonPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let files = try FileManager.default.contentsOfDirectory(
            at: target.directoryURL, includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }
        let pages = files.filter { $0.pathExtension == "md" && $0.lastPathComponent.first?.isNumber == true }
        let output = context.pluginWorkDirectoryURL.appendingPathComponent("GeneratedLessons.swift")
        // The pictures are named too: SwiftPM warns of files in a target that nobody handles.
        return [
            .buildCommand(
                displayName: "Lessons", executable: try context.tool(named: "LessonGenerator").url,
                arguments: [output.path] + pages.map(\.path),
                inputFiles: pages + files.filter { $0.pathExtension == "svg" }, outputFiles: [output])
        ]
    }
}
