// A real browser without a window, where there is one.

import Foundation
import TestSupport

enum Browser {
    /// The path of Chromium or one of its kind; nil where there is none.
    static let path: String? = {
        let folders =
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
            + ["/Applications/Chromium.app/Contents/MacOS", "/Applications/Google Chrome.app/Contents/MacOS"]
        return ["chromium", "chromium-browser", "google-chrome", "Chromium", "Google Chrome"].lazy
            .flatMap { name in folders.map { "\($0)/\(name)" } }.first {
                FileManager.default.isExecutableFile(atPath: $0)
            }
    }()

    /// Opens a page, runs a script in it, and returns what it returned.
    /// - Parameter script: of a function body; what it returns is made JSON.
    static func run(
        _ html: String, _ script: String, query: String = "", width: Int, height: Int = 900,
        in folder: URL
    ) throws -> [String: Any] {
        guard let path else { return [:] }
        let probe = """
            <script>
            (function () {
              let result;
              try { result = (function () { \(script) })(); } catch (error) { result = { error: String(error && error.stack || error) }; }
              const holder = document.createElement("pre");
              holder.id = "test-result";
              holder.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(result))));
              parent.document.body.append(holder);
            })();
            </script>
            """
        let page = folder.appendingPathComponent("page.html"), output = folder.appendingPathComponent("dom.html")
        try Data(html.replacing("</body>", with: probe + "</body>").utf8).write(to: page)
        // In a frame: a window is never narrower than 500, and the result must be there before the outer page has
        // loaded.
        let frame = folder.appendingPathComponent("frame.html")
        try Data(
            "<!DOCTYPE html><body><iframe width=\(width) height=\(height) style=\"border:0\" src=\"page.html\(query)\"></iframe></body>"
                .utf8
        ).write(to: frame)
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
            "--window-size=1500,1000",
            "--allow-file-access-from-files", "--dump-dom", frame.absoluteString,
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let dom = try String(contentsOf: output, encoding: .utf8)
        guard let match = dom.firstMatch(of: #/<pre id="test-result">([^<]*)</#),
            let data = Data(base64Encoded: String(match.output.1)),
            let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return ["error": "no result in the page: \(dom.prefix(200))"] }
        return object
    }
}
