// One page in one file: style, script and data inside, nothing fetched from anywhere.

import Foundation

/// Sections of HTML with a way around in them. Whoever makes a section escapes what stands in it (`HTMLEscape`).
public struct HTMLPage {
    public let title: String
    private var sections: [(id: String, heading: String, html: String)] = []
    private var data: [(id: String, json: Data)] = []

    /// Whether its browser shows sources that are no mere sentences.
    public var hasSourceViews = false

    public init(title: String) { self.title = title }

    /// - Parameter id: letters, digits and hyphens.
    public mutating func add(id: String, heading: String, html: String) { sections.append((id, heading, html)) }

    /// Data for the page's script, and for whoever wants the numbers of the page.
    /// - Parameter id: letters, digits and hyphens.
    public mutating func addData(id: String, json: Data) { data.append((id, json)) }

    public var document: String {
        let title = HTMLEscape.text(title)
        let links = sections.map { "<a href=\"#\($0.id)\">\(HTMLEscape.text($0.heading))</a>" }.joined(separator: "\n")
        let main = sections.map {
            "<section id=\"\($0.id)\">\n<h2>\(HTMLEscape.text($0.heading))</h2>\n\($0.html)</section>"
        }.joined(separator: "\n")
        let data = data.map {
            "<script type=\"application/json\" id=\"\($0.id)\">\(HTMLEscape.script(json: $0.json))</script>"
        }.joined(separator: "\n")
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
            \(PageStyle.text + (hasSourceViews ? SourceViewsPart.style : ""))
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
            \(BrowserScript.text(withViews: hasSourceViews))
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

    /// Names with what is said of each, a line apiece.
    /// - Parameter entries: the ids are of letters, digits and hyphens.
    public static func definitions(_ entries: [(name: String, id: String, lines: [String])]) -> String {
        "<dl>\n"
            + entries.map { entry in
                "<dt>\(HTMLEscape.text(entry.name))</dt><dd id=\"\(entry.id)\">"
                    + entry.lines.map { "<span>\(HTMLEscape.text($0))</span>" }.joined(separator: " ") + "</dd>\n"
            }.joined() + "</dl>\n"
    }

    /// The systems as buttons that light them in the charts below, and a switch for the baselines among them.
    /// - Parameter baselines: their names; empty where there is nothing to switch.
    public static func lights(_ systems: [(name: String, mark: SystemMark)], baselines: [String]) -> String {
        let names = HTMLEscape.text(baselines.joined(separator: ", "))
        return """
            <div class="lights" role="group" aria-label="lit in the charts" hidden>
            \(systems.map { $0.mark.button($0.name) }.joined(separator: "\n"))
            <button type="button" class="alike" disabled>all alike</button>
            \(baselines.isEmpty ? "" : "<label class=\"line\"><input type=\"checkbox\" class=\"baselines\" checked> baselines in the charts (\(names))</label>")
            </div>

            """
    }

    /// A chart with its figures below it.
    /// - Parameters:
    ///   - svg: a document of `PointChart` or `MatrixChart`.
    ///   - others: the same without the baselines; nil where there is none.
    public static func figure(
        _ title: String, svg: String, others: String? = nil, table: Table,
        isWide: Bool
    ) -> String {
        func picture(_ svg: String, _ style: String) -> String {
            "<div class=\"picture\(style)\" role=\"img\" aria-label=\"\(HTMLEscape.text(title)); the figures follow\">\n\(svg)</div>\n"
        }
        return """
            <figure\(isWide ? " class=\"wide\"" : "")>\(others.map { picture(svg, " whole") + picture($0, " rest") } ?? picture(svg, ""))
            \(details("figures", html: table.html(caption: title)))</figure>

            """
    }
}
