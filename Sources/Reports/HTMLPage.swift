// One page in one file: style, script and data inside, nothing fetched from anywhere.

import Foundation

/// Sections of HTML with a way around in them. Whoever makes a section escapes what stands in it (`HTMLEscape`).
public struct HTMLPage {
    public let title: String
    private var sections: [(id: String, heading: String, html: String)] = []
    private var data: [(id: String, json: Data)] = []

    public init(title: String) { self.title = title }

    /// - Parameter id: letters, digits and hyphens.
    public mutating func add(id: String, heading: String, html: String) { sections.append((id, heading, html)) }

    /// Data for the page's script, and for whoever wants the numbers of the page.
    /// - Parameter id: letters, digits and hyphens.
    public mutating func addData(id: String, json: Data) { data.append((id, json)) }

    public var document: String {
        let title = HTMLEscape.text(title)
        let links = sections.map { "<a href=\"#\($0.id)\">\(HTMLEscape.text($0.heading))</a>" }.joined(separator: "\n")
        let main = sections.map { "<section id=\"\($0.id)\">\n<h2>\(HTMLEscape.text($0.heading))</h2>\n\($0.html)</section>" }.joined(separator: "\n")
        let data = data.map { "<script type=\"application/json\" id=\"\($0.id)\">\(HTMLEscape.script(json: $0.json))</script>" }.joined(separator: "\n")
        // The policy lets nothing in from outside, whatever the page contains.
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            \(PageStyle.text)
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <nav aria-label="Sections">
            \(links)
            </nav>
            <button type="button" id="theme" hidden>theme</button>
            </header>
            <main>
            \(main)
            </main>
            \(data)
            <script>
            \(PageScript.text)
            \(BrowserScript.text)
            </script>
            </body>
            </html>

            """
    }
}

/// Pieces of a page.
public enum HTMLPart {
    public static func list(_ lines: [String]) -> String {
        lines.isEmpty ? "" : "<ul>\n" + lines.map { "<li>\(HTMLEscape.text($0))</li>\n" }.joined() + "</ul>\n"
    }

    public static func paragraph(_ text: String, style: String = "") -> String {
        "<p\(style.isEmpty ? "" : " class=\"\(style)\"")>\(HTMLEscape.text(text))</p>\n"
    }

    /// What is shown when asked for.
    /// - Parameter html: escaped already.
    public static func details(_ summary: String, html: String) -> String {
        "<details><summary>\(HTMLEscape.text(summary))</summary>\n\(html)</details>\n"
    }

    /// A chart with its figures below it.
    /// - Parameter svg: a document of `PointChart` or `MatrixChart`.
    public static func figure(_ title: String, svg: String, table: Table, isWide: Bool) -> String {
        """
        <figure\(isWide ? " class=\"wide\"" : "")><div class="picture" role="img" aria-label="\(HTMLEscape.text(title)); the figures follow">
        \(svg)</div>
        \(details("figures", html: table.html(caption: title)))</figure>

        """
    }
}
