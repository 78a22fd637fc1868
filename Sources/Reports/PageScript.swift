// What every page can do: change its theme, sort its tables, bring one system to the front of all charts.

enum PageScript {
    static let text = theme + tables + systems

    /// From `?theme=dark`, or what was chosen before, or the system's.
    private static let theme = #"""
        "use strict";
        (function () {
          const root = document.documentElement, button = document.getElementById("theme"), names = ["auto", "light", "dark"];
          function kept() { try { return localStorage.getItem("attention-theme"); } catch (_) { return null; } }
          function set(name) {
            if (name === "auto") delete root.dataset.theme; else root.dataset.theme = name;
            button.textContent = "theme: " + name;
            button.dataset.name = name;
          }
          const asked = new URLSearchParams(location.search).get("theme") || kept();
          set(names.includes(asked) ? asked : "auto");
          button.hidden = false;
          button.addEventListener("click", () => {
            const next = names[(names.indexOf(button.dataset.name) + 1) % names.length];
            set(next);
            try { localStorage.setItem("attention-theme", next); } catch (_) {}
          });
        })();

        """#

    /// Each column's head becomes a button: the first press puts large numbers, or the first letters, on top, the second the others,
    /// the third restores the order of the file. Equal rows stay in that order; rows without a figure stay below.
    private static let tables = #"""
        (function () {
          // The exact number; or the one that is shown, with whatever follows it (an interval, a letter); null where nothing was measured.
          function key(cell) {
            if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
            const text = cell.textContent.trim().replace(/\u2212/g, "-"), number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?/.exec(text);
            return number ? parseFloat(number[0]) : text === "" || text === "–" ? null : text.toLowerCase();
          }
          function order(a, b, sign) {
            if (a === null || b === null) return (a === null) - (b === null);
            if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
            return sign * (a < b ? -1 : a > b ? 1 : 0);
          }
          function sort(table, file, head, column) {
            const rows = file.map(row => ({ row, key: key(row.cells[column]) }));
            const directions = ["ascending", "descending"], before = directions.indexOf(head.getAttribute("aria-sort"));
            if (rows.some(one => typeof one.key === "number")) directions.reverse();
            const direction = before < 0 ? directions[0] : head.getAttribute("aria-sort") === directions[0] ? directions[1] : null;
            for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
            // The sort is stable.
            if (direction) rows.sort((a, b) => order(a.key, b.key, direction === "ascending" ? 1 : -1));
            if (direction) head.setAttribute("aria-sort", direction);
            table.tBodies[0].append(...rows.map(one => one.row));
          }
          for (const table of document.querySelectorAll("table.sortable")) {
            const file = Array.from(table.tBodies[0].rows);
            Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
              const button = document.createElement("button");
              button.type = "button";
              button.textContent = head.textContent || "name";
              button.title = "sort by " + button.textContent;
              head.textContent = "";
              head.append(button);
              button.addEventListener("click", () => sort(table, file, head, column));
            });
          }
        })();

        """#

    /// The name of a system, pointed at, focused or pressed, dims all others in every chart that has it.
    private static let systems = #"""
        (function () {
          const charts = Array.from(document.querySelectorAll("svg")).map(chart => Array.from(chart.querySelectorAll("g.series")));
          const buttons = Array.from(document.querySelectorAll("button.system"));
          let pinned = null;
          function show(number) {
            for (const marks of charts) {
              const isShown = number !== null && marks.some(mark => mark.dataset.series === number);
              for (const mark of marks) mark.classList.toggle("dim", isShown && mark.dataset.series !== number);
            }
          }
          for (const button of buttons) {
            const number = button.dataset.series, row = button.closest("tr");
            row.addEventListener("pointerenter", () => show(number));
            row.addEventListener("pointerleave", () => show(pinned));
            button.addEventListener("focus", () => show(number));
            button.addEventListener("blur", () => show(pinned));
            button.addEventListener("click", () => {
              pinned = pinned === number ? null : number;
              for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.series === pinned));
              show(pinned);
            });
          }
          for (const mark of charts.flat()) {
            mark.addEventListener("pointerenter", () => show(mark.dataset.series));
            mark.addEventListener("pointerleave", () => show(pinned));
          }
        })();

        """#
}
