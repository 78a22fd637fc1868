// What every page can do: change its theme, sort its tables, light systems in all charts, leave the baselines out.

enum PageScript {
    static let text = theme + tables + systems + baselines

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

    /// Each column's head becomes a button: the first press puts the best numbers (large ones, unless the column says
    /// that less is better), or the first letters, on top, the second the others, the third restores the order of the
    /// file. Equal rows stay in that order; rows without a figure stay below.
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
            if (rows.some(one => typeof one.key === "number") && head.dataset.best !== "least") directions.reverse();
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

    /// The names of systems light them in every chart: pressed for good, pointed at or focused for the moment. What a
    /// name stands for is told beside it.
    private static let systems = #"""
        (function () {
          const lit = new Set(), charts = [], buttons = [];
          let pointed = null;
          // Of the numbers in a section's charts the systems; the same system has the same name in every section.
          for (const section of document.querySelectorAll("section")) {
            const own = Array.from(section.querySelectorAll("button.system"));
            const names = new Map();
            for (const button of section.querySelectorAll(".lights button.system")) names.set(button.dataset.series, button.textContent);
            for (const chart of section.querySelectorAll("svg")) {
              const marks = Array.from(chart.querySelectorAll("g.series"), mark => ({ mark, name: names.get(mark.dataset.series),
                button: own.find(button => button.dataset.series === mark.dataset.series) }));
              if (marks.length) charts.push(marks);
            }
            for (const button of own) buttons.push({ button, name: names.get(button.dataset.series) });
            for (const lights of section.querySelectorAll(".lights")) lights.hidden = false;
          }
          const alike = document.querySelectorAll("button.alike");
          function show() {
            const isShown = one => lit.has(one.name) || one.name === pointed;
            for (const marks of charts) {
              const any = marks.some(isShown);
              for (const one of marks) one.mark.classList.toggle("dim", any && !isShown(one));
            }
            for (const one of buttons) {
              one.button.setAttribute("aria-pressed", String(lit.has(one.name)));
              const row = one.button.closest("tr");
              if (row) row.classList.toggle("lit", lit.has(one.name));
            }
            for (const button of alike) button.disabled = lit.size === 0;
          }
          function point(name) { pointed = name; show(); }
          function toggle(name) {
            if (!lit.delete(name)) lit.add(name);
            point(null);
          }

          const tip = document.createElement("div");
          let leaving = 0, held = null;
          tip.id = "tip";
          tip.setAttribute("role", "tooltip");
          tip.hidden = true;
          document.body.append(tip);
          function tell(anchor, button) {
            const said = button && document.getElementById(button.getAttribute("aria-describedby"));
            if (!said) return;
            clearTimeout(leaving);
            const name = document.createElement("strong");
            name.textContent = said.previousElementSibling.textContent;
            tip.replaceChildren(name, ...Array.from(said.children, line => line.cloneNode(true)));
            tip.hidden = false;
            held = anchor;
            place();
          }
          function place() {
            if (tip.hidden) return;
            const at = held.getBoundingClientRect(), below = at.bottom + 6, above = at.top - tip.offsetHeight - 6;
            tip.style.left = Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8)) + "px";
            tip.style.top = (below + tip.offsetHeight > innerHeight && above > 0 ? above : below) + "px";
          }
          function hush() { clearTimeout(leaving); tip.hidden = true; }
          // Time to reach what is told, so that it can be read and copied.
          function hushSoon() { clearTimeout(leaving); leaving = setTimeout(hush, 250); }
          tip.addEventListener("pointerenter", () => clearTimeout(leaving));
          tip.addEventListener("pointerleave", hushSoon);
          document.addEventListener("keydown", event => { if (event.key === "Escape") hush(); });
          document.addEventListener("scroll", place, { passive: true, capture: true });
          document.addEventListener("pointerdown", event => { if (!event.target.closest("#tip, .system, g.series")) hush(); });

          for (const { button, name } of buttons) {
            const row = button.closest("tr") || button;
            row.addEventListener("pointerenter", () => point(name));
            row.addEventListener("pointerleave", () => point(null));
            button.addEventListener("pointerenter", () => tell(button, button));
            button.addEventListener("pointerleave", hushSoon);
            button.addEventListener("focus", () => { point(name); tell(button, button); });
            button.addEventListener("blur", () => { point(null); hush(); });
            button.addEventListener("click", () => { toggle(name); tell(button, button); });
          }
          for (const { mark, name, button } of charts.flat()) {
            mark.addEventListener("pointerenter", () => { point(name); if (mark.classList.contains("name")) tell(mark, button); });
            mark.addEventListener("pointerleave", () => { point(null); hushSoon(); });
            mark.addEventListener("click", () => toggle(name));
          }
          for (const button of alike) button.addEventListener("click", () => { lit.clear(); point(null); });
        })();

        """#

    /// Every chart that has baselines is there twice. `?baselines=hidden` opens a page without them.
    private static let baselines = #"""
        (function () {
          const boxes = Array.from(document.querySelectorAll("input.baselines"));
          function set(areShown) {
            document.body.classList.toggle("without-baselines", !areShown);
            for (const box of boxes) box.checked = areShown;
          }
          if (boxes.length) set(new URLSearchParams(location.search).get("baselines") !== "hidden");
          for (const box of boxes) box.addEventListener("change", () => set(box.checked));
        })();

        """#
}
