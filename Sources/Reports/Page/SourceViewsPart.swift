// What the alignment browser shows in the place of a matrix where a source is more than a sentence: a document with its
// words shaded, a picture once a word, frames over their matrix. It stands in a page that has such sources, and in no
// other; there it takes the place of functions of `BrowserScript`.

enum SourceViewsPart {
    static let script = kinds + document + picture + frames + hooks

    private static let kinds = #"""
          const kind = one => !one || !one.x ? null : one.x.r ? "picture" : one.x.n ? "frames" : "document";
          const bytesOf = one => one.x.bytes = one.x.bytes || Uint8Array.from(atob(one.x.n), part => part.charCodeAt(0));
          // What stands at a place, in words.
          function named(one, i) {
            if (kind(one) !== "picture") return one.s[i];
            const place = `row ${Math.floor(i / one.x.c) + 1}, column ${i % one.x.c + 1}`;
            return one.x.o ? `${one.x.o[i] || "nothing"} (${place})` : place;
          }
          function about(one) {
            const type = kind(one);
            if (type === "frames") return `${one.s.length} frames of ${one.x.f} numbers`;
            if (type !== "picture") return (one.x.a ? one.x.a + " — " : "") + one.s.join(" ");
            const things = (one.x.o || []).filter(text => text);
            return `a picture of ${one.x.r} × ${one.x.c} cells` + (things.length ? ": " + things.join(", ") : "");
          }
          function mark(svg, x, y, isRight) {
            if (isRight) { svg.append(drawn("circle", { class: "hit", cx: x, cy: y, r: 3.6, "pointer-events": "none" })); return; }
            const path = `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`;
            svg.append(drawn("path", { class: "under", d: path, "pointer-events": "none" }), drawn("path", { class: "miss", d: path, "pointer-events": "none" }));
          }

        """#

    private static let document = #"""
          function drawDocument(box, one, found, known) {
            const columns = one.s.length, ends = [];
            (one.x.d || [columns]).reduce((at, count) => { ends.push([at, at + count]); return at + count; }, 0);
            if (one.x.a) box.append(element("p", { class: "asked" }, one.x.a));
            one.t.forEach((answer, j) => {
              box.append(element("p", { class: "answer" + (state.phenomenon >= 0 && one.p[j] === state.phenomenon ? " chosen" : "") }, answer + " ←"));
              const text = element("div", { class: "text", tabindex: "0", role: "group", "aria-label": "the words of the source; arrow keys move from word to word" });
              for (const [from, to] of ends) {
                let sum = 0;
                for (let i = from; i < to; i++) sum += found.bytes[j * columns + i] / 255;
                const line = element("div", { class: "line", title: "weight of the sentence: " + sum.toFixed(2) });
                line.style.setProperty("--sum", Math.min(1, sum).toFixed(3));
                for (let i = from; i < to; i++) {
                  const weight = found.bytes[j * columns + i] / 255, isSure = known.sure[j].has(i), isPossible = known.possible[j].has(i);
                  const word = element("span", { class: "word" + (isSure ? " sure" : isPossible ? " maybe" : "") + (weight > 0.5 ? " dark" : ""), "data-i": i, "data-j": j }, one.s[i]);
                  word.style.setProperty("--w", (weight * 100).toFixed(1) + "%");
                  if (found.best[j] === i && known.known) word.classList.add("best", isPossible ? "right" : "wrong");
                  line.append(word, " ");
                }
                if (ends.length > 1 && known.known && Array.from({ length: to - from }, (_, k) => from + k).some(i => known.sure[j].has(i))) line.classList.add("evidence");
                text.append(line);
              }
              text.addEventListener("keydown", event => step(event, columns, one.t.length));
              text.addEventListener("focus", () => { if (!state.cell) move(Math.max(0, found.best[j]), j); });
              box.append(text);
            });
          }

        """#

    private static let picture = #"""
          const paints = { red: "#d1242f", yellow: "#e8b500", green: "#1a8f3c", blue: "#2f6fdd" };
          // "two small blue stars" as shapes in a cell whose middle is (x, y).
          function shapes(text, x, y, cell) {
            const words = text.split(" "), isPair = words[0] === "two", fill = paints[words.find(word => paints[word])], r = cell * (words.includes("large") ? 0.36 : 0.21) * (isPair ? 0.75 : 1);
            const shape = words[words.length - 1].replace(/s$/, "");
            return (isPair ? [-0.22, 0.22] : [0]).map(aside => {
              const at = x + aside * cell, all = { fill: fill || "#888888", stroke: "#ffffff", "stroke-width": 1, "pointer-events": "none" };
              const corners = (count, radius, turn) => Array.from({ length: count }, (_, k) => {
                const angle = 2 * Math.PI * k / count + turn, length = typeof radius === "function" ? radius(k) : radius;
                return `${(at + length * Math.sin(angle)).toFixed(2)},${(y - length * Math.cos(angle)).toFixed(2)}`;
              }).join(" ");
              if (!fill || !["circle", "square", "triangle", "star"].includes(shape)) return drawn("text", { x: at, y: y + 4, "text-anchor": "middle" }, text.slice(0, 3));
              if (shape === "circle") return drawn("circle", { ...all, cx: at, cy: y, r });
              const points = shape === "square" ? corners(4, 1.2 * r, Math.PI / 4) : shape === "triangle" ? corners(3, 1.2 * r, 0) : corners(10, k => k % 2 ? 0.55 * r : 1.25 * r, 0);
              return drawn("polygon", { ...all, points });
            });
          }
          function drawPicture(box, one, found, known) {
            const { r: rows, c: columns } = one.x, cell = 24, wide = columns * cell + 14, tall = rows * cell + 24, count = one.s.length;
            const across = Math.max(1, Math.min(one.t.length, Math.floor(Math.max(box.clientWidth - 8, wide) / wide))), high = Math.ceil(one.t.length / across) * tall + 4;
            const svg = drawn("svg", { viewBox: `0 0 ${across * wide} ${high}`, width: across * wide, height: high, "aria-hidden": "true", preserveAspectRatio: "xMinYMin meet" });
            one.t.forEach((word, j) => {
              const left = (j % across) * wide + 4, top = Math.floor(j / across) * tall + 20;
              svg.append(drawn("text", { x: left, y: top - 5, class: state.phenomenon >= 0 && one.p[j] === state.phenomenon ? "chosen" : "" }, word));
              for (let i = 0; i < count; i++) {
                const x = left + (i % columns) * cell, y = top + Math.floor(i / columns) * cell, weight = found.bytes[j * count + i] / 255;
                svg.append(drawn("rect", { class: "cell", "data-i": i, "data-j": j, x, y, width: cell, height: cell, "fill-opacity": weight.toFixed(3) }));
                if (one.x.o && one.x.o[i]) svg.append(...shapes(one.x.o[i], x + cell / 2, y + cell / 2, cell));
              }
              for (const i of known.possible[j]) svg.append(drawn("rect", { class: known.sure[j].has(i) ? "gold" : "gold possible",
                x: left + (i % columns) * cell + 1.5, y: top + Math.floor(i / columns) * cell + 1.5, width: cell - 3, height: cell - 3, "pointer-events": "none" }));
              const best = found.best[j];
              if (best >= 0 && known.known && known.possible[j].size) mark(svg, left + (best % columns + 1) * cell - 5, top + Math.floor(best / columns) * cell + 5, known.possible[j].has(best));
            });
            framed(box, svg, "the picture, once a word", one.s.length, one.t.length, 0.62 * wide);
          }

        """#

    private static let frames = #"""
          function drawFrames(box, one, found, known) {
            const count = one.s.length, shades = bytesOf(one), { f } = one.x, left = Math.max(...one.t.map(width)) + 4;
            const cell = Math.max(4, Math.min(14, (Math.max(box.clientWidth, 320) - left - 8) / count)), thin = 5, tall = 17, top = f * thin + 8;
            const high = top + one.t.length * tall + 4, whole = left + count * cell + 4;
            const svg = drawn("svg", { viewBox: `0 0 ${whole} ${high}`, width: whole, height: high, "aria-hidden": "true", preserveAspectRatio: "xMinYMin meet" });
            for (let i = 0; i < count; i++) for (let k = 0; k < f; k++)
              svg.append(drawn("rect", { class: "mel", x: left + i * cell, y: k * thin, width: cell, height: thin, "fill-opacity": (shades[i * f + k] / 255).toFixed(2) }));
            one.t.forEach((word, j) => {
              const y = top + j * tall;
              svg.append(drawn("text", { x: left - 6, y: y + tall / 2 + 4, "text-anchor": "end", class: state.phenomenon >= 0 && one.p[j] === state.phenomenon ? "chosen" : "" }, word));
              for (let i = 0; i < count; i++) svg.append(drawn("rect", { class: "cell", "data-i": i, "data-j": j, x: left + i * cell, y, width: cell, height: tall,
                "fill-opacity": (found.bytes[j * count + i] / 255).toFixed(3) }));
              // Frames that stand side by side have one frame of gold.
              for (let i = 0; i < count; i++) {
                if (!known.possible[j].has(i) || known.possible[j].has(i - 1)) continue;
                let end = i;
                while (known.possible[j].has(end + 1)) end += 1;
                svg.append(drawn("rect", { class: known.sure[j].has(i) ? "gold" : "gold possible", x: left + i * cell + 1, y: y + 1.5, width: (end - i + 1) * cell - 2, height: tall - 3, "pointer-events": "none" }));
              }
              const best = found.best[j];
              if (best >= 0 && known.known) mark(svg, left + (best + 0.5) * cell, y + tall / 2, known.possible[j].has(best));
            });
            framed(box, svg, "frames, and under them where each letter looks", count, one.t.length, Math.min(whole, 0.62 * whole + 60));
          }

        """#

    private static let hooks = #"""
          function framed(box, svg, label, columns, rows, least) {
            svg.style.setProperty("--least", least + "px");
            const grid = element("div", { class: "grid", tabindex: "0", role: "group", "aria-label": label + "; arrow keys move from cell to cell" });
            grid.append(svg);
            grid.addEventListener("keydown", event => step(event, columns, rows));
            grid.addEventListener("focus", () => { if (!state.cell) move(0, 0); });
            box.append(grid);
          }
          const matrix = { draw, move, told, fill, show };
          draw = function (side) {
            const one = state.shown.length ? sentence() : null, type = kind(one), system = sides()[side], number = state.shown[state.place];
            const found = type && weights(system, number), box = by("map-" + side);
            if (!found) { matrix.draw(side); return; }
            box.replaceChildren(element("h3", {}, system.name + ", seed " + system.seed));
            const view = element("div", { class: "view " + type });
            box.append(view);
            ({ document: drawDocument, picture: drawPicture, frames: drawFrames })[type](view, one, found, gold(one));
            by("save-" + side).disabled = type === "document";
            const point = event => { const cell = event.target.closest("[data-i]"); if (cell) move(Number(cell.dataset.i), Number(cell.dataset.j)); };
            view.addEventListener("pointerover", point);
            view.addEventListener("click", point);
            view.addEventListener("pointerleave", () => { if (!view.contains(document.activeElement)) move(null); });
            box.append(element("p", { class: "readout", role: "status" }), summary(system, number, found), translation(system, number, one));
          };
          move = function (i, j) {
            if (!state.shown.length || !kind(sentence())) { matrix.move(i, j); return; }
            state.cell = i === null ? null : [i, j];
            [0, 1].forEach(side => {
              const box = by("map-" + side), readout = box.querySelector(".readout");
              for (const old of box.querySelectorAll(".here")) old.classList.remove("here");
              if (!readout || !weights(sides()[side], state.shown[state.place])) return;
              readout.textContent = i === null ? "" : told(side, i, j);
              const cell = i === null ? null : box.querySelector(`[data-i="${i}"][data-j="${j}"]`);
              if (cell) cell.classList.add("here");
            });
          };
          told = function (side, i, j) {
            const one = sentence(), text = matrix.told(side, i, j);
            return kind(one) ? named(one, i) + text.slice(one.s[i].length) : text;
          };
          // Places have names that nobody wants to read.
          fill = function (keeps) {
            matrix.fill(keeps);
            by("sentences").querySelectorAll(".words").forEach((words, place) => {
              const one = here().sentences[state.shown[place]], type = kind(one);
              if (type === "picture" || type === "frames") words.textContent = one.t.join(type === "frames" ? "" : " ");
              if (type === "document" && one.x.a) words.textContent = about(one);
            });
          };
          show = function (place, isNew) {
            matrix.show(place, isNew);
            if (state.shown.length && kind(sentence())) by("source").textContent = about(sentence());
          };

        """#

    static let style = """

        .view{padding:3px}
        .view.document{max-width:46em}
        .view .text{line-height:1.75}
        .view .asked{font-weight:600;margin:2px 0}
        .view .answer{margin:4px 0 2px}
        .view .answer.chosen{font-weight:700;text-decoration:underline}
        .view .line{padding:0 4px 0 10px;border-left:4px solid transparent;background:linear-gradient(to right,var(--blue),var(--blue)) left/calc(4px*var(--sum)) 100% no-repeat}
        .view .line.evidence{border-left-color:var(--gold)}
        .view .word{padding:1px 3px;border-radius:3px;background:color-mix(in srgb,var(--hot) var(--w),transparent)}
        .view .word.dark{color:var(--on-hot)}
        .view .word.sure{outline:2px solid var(--gold);outline-offset:-1px}
        .view .word.maybe{outline:2px dashed var(--gold);outline-offset:-1px}
        .view .word.best::after{content:" ●";font-size:.7em}
        .view .word.best.wrong::after{content:" ×";font-size:1em;font-weight:700}
        .view .word.here{box-shadow:0 0 0 3px var(--accent)}
        .view .cell.here{stroke:var(--accent);stroke-width:3}
        .mel{fill:var(--ink)}
        @media print{.view .word{print-color-adjust:exact;-webkit-print-color-adjust:exact}.view .line{break-inside:avoid}}
        """
}
