// The alignment browser: reads the page's data, draws heatmaps, follows pointer and keyboard.
//
// Words of the corpus enter the page as text nodes only, never as HTML.

enum BrowserScript {
    /// - Parameter withViews: whether sources are shown that are more than sentences.
    static func text(withViews: Bool) -> String {
        let views = withViews ? SourceViewsPart.script : ""
        return "(function () {\n" + data + measures + list + maps + picture + views + control + "})();\n"
    }

    private static let data = #"""
          const holder = document.getElementById("browser-data"), frame = document.getElementById("browser");
          if (!holder || !frame) return;
          const sets = JSON.parse(holder.textContent).sets, by = id => document.getElementById(id);
          if (!sets.length) return;
          for (const { systems } of sets) for (const one of systems) for (const seed of one.seeds) seed.name = one.name;
          // Of both sides the places of the scorer and of its seed.
          const state = { set: 0, left: 0, right: 0, seeds: [0, 0], phenomenon: -1, order: "place", wrong: false, shown: [], place: 0, cell: null };
          const here = () => sets[state.set], sentence = () => here().sentences[state.shown[state.place]];
          const scorers = () => [here().systems[state.left], here().systems[state.right]], sides = () => scorers().map((one, side) => one.seeds[state.seeds[side]]);

          function element(name, attributes, text) {
            const made = document.createElement(name);
            for (const key in attributes) made.setAttribute(key, attributes[key]);
            if (text !== undefined) made.textContent = text;
            return made;
          }
          function drawn(name, attributes, text) {
            const made = document.createElementNS("http://www.w3.org/2000/svg", name);
            for (const key in attributes) made.setAttribute(key, attributes[key]);
            if (text !== undefined) made.textContent = text;
            return made;
          }

        """#

    /// Links, and the alignment error rate as Och and Ney define it: 1 − (|A∩S| + |A∩P|) / (|A| + |S|).
    private static let measures = #"""
          // Of each target word the source words of its sure and possible links.
          function gold(one) {
            if (one.gold) return one.gold;
            const sure = one.t.map(() => new Set()), possible = one.t.map(() => new Set());
            for (let k = 0; one.g && k < one.g.length; k += 2) { sure[one.g[k + 1]].add(one.g[k]); possible[one.g[k + 1]].add(one.g[k]); }
            for (let k = 0; one.q && k < one.q.length; k += 2) possible[one.q[k + 1]].add(one.q[k]);
            return one.gold = { sure, possible, known: Boolean(one.g) };
          }
          // The bytes of the weights and the place of the largest in each row, -1 for a row without weights.
          function weights(system, number) {
            if (!system.w) return null;
            system.read = system.read || [];
            if (system.read[number]) return system.read[number];
            const text = atob(system.w[number]), one = here().sentences[number], width = one.s.length, bytes = new Uint8Array(width * one.t.length);
            // A zero is followed by how many there are.
            for (let k = 0, at = 0; k < text.length; k++) {
              const byte = text.charCodeAt(k);
              if (byte) bytes[at++] = byte; else at += text.charCodeAt(++k);
            }
            const best = one.t.map((_, j) => {
              let place = -1, largest = 0;
              for (let i = 0; i < width; i++) if (bytes[j * width + i] > largest) { largest = bytes[j * width + i]; place = i; }
              return place;
            });
            return system.read[number] = { bytes, best };
          }
          // Of the words of one phenomenon, or of all for -1.
          function count(system, number, phenomenon) {
            const found = weights(system, number), one = here().sentences[number], known = gold(one);
            const counts = { links: 0, sure: 0, hitSure: 0, hitPossible: 0, aer: null };
            if (!found || !known.known) return counts;
            one.t.forEach((_, j) => {
              if (phenomenon >= 0 && one.p[j] !== phenomenon) return;
              const i = found.best[j];
              counts.sure += known.sure[j].size;
              if (i < 0) return;
              counts.links += 1;
              counts.hitSure += known.sure[j].has(i);
              counts.hitPossible += known.possible[j].has(i);
            });
            if (counts.links + counts.sure > 0) counts.aer = 1 - (counts.hitSure + counts.hitPossible) / (counts.links + counts.sure);
            return counts;
          }
          const rate = value => value === null ? "–" : value.toFixed(2);

        """#

    private static let list = #"""
          function choose() {
            const set = here(), phenomenon = state.phenomenon, pair = sides();
            let found = set.sentences.map((one, number) => ({ number, rates: null })).filter(one =>
              phenomenon < 0 || set.sentences[one.number].p.includes(phenomenon));
            for (const one of found) one.counts = pair.map(system => count(system, one.number, phenomenon));
            if (state.wrong) found = found.filter(one => one.counts.some(counts => counts.links > counts.hitPossible));
            const value = { place: () => 0, left: one => one.counts[0].aer, right: one => one.counts[1].aer,
              difference: one => one.counts[0].aer === null || one.counts[1].aer === null ? null : Math.abs(one.counts[0].aer - one.counts[1].aer) }[state.order];
            const keyed = found.map(one => ({ one, key: value(one) }));
            keyed.sort((a, b) => (b.key === null ? -1 : b.key) - (a.key === null ? -1 : a.key) || a.one.number - b.one.number);
            return keyed.map(entry => entry.one);
          }
          // Keeps the sentence that is shown, where it is still among them and nothing asks for the worst first.
          function fill(keeps) {
            const before = keeps ? state.shown[state.place] : undefined, found = choose(), box = by("sentences");
            state.shown = found.map(one => one.number);
            state.place = Math.max(0, state.shown.indexOf(before));
            box.replaceChildren(...found.map((one, place) => {
              const option = element("div", { role: "option", id: "sentence-" + place, "aria-selected": "false" });
              option.append(element("span", { class: "rates" }, (one.number + 1) + ".  " + one.counts.map(counts => rate(counts.aer)).join(" | ")),
                element("span", { class: "words" }, here().sentences[one.number].s.join(" ")));
              return option;
            }));
            if (!found.length) box.append(element("p", { class: "soft" }, "No sentence is left; choose another phenomenon, or show those without wrong links too."));
            by("count").textContent = found.length + " of " + here().sentences.length + " sentences. Numbers: AER " + (state.phenomenon < 0 ? "of the sentence" :
              "of the words of “" + here().phenomena[state.phenomenon] + "”") + ", left | right.";
            show(state.place, true);
          }
          function show(place, isNew) {
            const box = by("sentences"), old = box.querySelector("[aria-selected=true]");
            if (old) old.setAttribute("aria-selected", "false");
            state.place = Math.min(Math.max(place, 0), Math.max(0, state.shown.length - 1));
            state.cell = null;
            by("previous").disabled = state.place <= 0;
            by("next").disabled = state.place >= state.shown.length - 1;
            const option = by("sentence-" + state.place), has = state.shown.length > 0;
            if (option && has) {
              option.setAttribute("aria-selected", "true");
              box.setAttribute("aria-activedescendant", option.id);
              const top = option.offsetTop - box.offsetTop;
              if (isNew || top < box.scrollTop || top + option.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
            } else {
              box.removeAttribute("aria-activedescendant");
            }
            by("source").textContent = has ? sentence().s.join(" ") : "";
            by("reference").textContent = has ? sentence().t.join(" ") : "";
            [0, 1].forEach(draw);
            remember();
          }

        """#

    private static let maps = #"""
          // Of a cell. In a low window rows draw together before anything is made smaller: words stay readable.
          const size = 24, low = matchMedia("(min-width:700px) and (max-height:700px)");
          const height = (rows, above) => low.matches ? Math.max(15, Math.min(size, (innerHeight - 250 - above) / rows)) : size;
          const width = word => Array.from(word).length * 7.6 + 8;
          function draw(side) {
            const box = by("map-" + side), system = sides()[side];
            box.replaceChildren(element("h3", {}, system.name + ", seed " + system.seed));
            by("save-" + side).disabled = true;
            if (!state.shown.length) return;
            const number = state.shown[state.place], one = sentence(), found = weights(system, number), known = gold(one);
            by("save-" + side).disabled = !found;
            if (!found) { box.append(summary(system, number, found), translation(system, number, one)); return; }
            const columns = one.s.length, rows = one.t.length, left = Math.max(...one.t.map(width)) + 4, top = Math.max(...one.s.map(width)) * 0.77 + 14;
            const whole = Math.max(left + columns * size + 4, ...one.s.map((word, i) => left + (i + 0.5) * size + width(word) * 0.64 + 8));
            const tall = height(rows, top), high = top + rows * tall + 4;
            const svg = drawn("svg", { viewBox: `0 0 ${whole} ${high}`, width: whole, height: high, "aria-hidden": "true", preserveAspectRatio: "xMinYMin meet" });
            svg.style.setProperty("--least", 0.62 * whole + "px");
            one.s.forEach((word, i) => svg.append(drawn("text", { x: left + (i + 0.5) * size + 3, y: top - 6,
              transform: `rotate(-50 ${left + (i + 0.5) * size + 3} ${top - 6})` }, word)));
            one.t.forEach((word, j) => {
              const chosen = state.phenomenon >= 0 && one.p[j] === state.phenomenon;
              svg.append(drawn("text", { x: left - 6, y: top + (j + 0.5) * tall + 4, "text-anchor": "end", class: chosen ? "chosen" : "" }, word));
            });
            for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) svg.append(drawn("rect", { class: "cell", "data-i": i, "data-j": j,
              x: left + i * size, y: top + j * tall, width: size, height: tall, "fill-opacity": (found.bytes[j * columns + i] / 255).toFixed(3) }));
            one.t.forEach((_, j) => {
              for (const i of known.possible[j]) svg.append(drawn("rect", { class: known.sure[j].has(i) ? "gold" : "gold possible",
                x: left + i * size + 2.5, y: top + j * tall + 2.5, width: size - 5, height: tall - 5, "pointer-events": "none" }));
              const i = found.best[j];
              if (i < 0 || !known.known) return;
              const x = left + (i + 0.5) * size, y = top + (j + 0.5) * tall;
              if (known.possible[j].has(i)) { svg.append(drawn("circle", { class: "hit", cx: x, cy: y, r: 3.6, "pointer-events": "none" })); return; }
              const path = `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`;
              svg.append(drawn("path", { class: "under", d: path, "pointer-events": "none" }), drawn("path", { class: "miss", d: path, "pointer-events": "none" }));
            });
            svg.append(drawn("rect", { class: "cursor", width: size, height: tall, visibility: "hidden", "pointer-events": "none" }));
            const grid = element("div", { class: "grid", tabindex: "0", role: "group", "data-left": left, "data-top": top, "data-tall": tall,
              "aria-label": "heatmap of " + system.name + "; arrow keys move from cell to cell" });
            grid.append(svg);
            const point = event => { const cell = event.target.closest(".cell"); if (cell) move(Number(cell.dataset.i), Number(cell.dataset.j)); };
            grid.addEventListener("pointerover", point);
            grid.addEventListener("click", point);
            grid.addEventListener("pointerleave", () => { if (document.activeElement !== grid) move(null); });
            grid.addEventListener("focus", () => { if (!state.cell) move(Math.max(0, found.best[0]), 0); });
            grid.addEventListener("keydown", event => step(event, columns, rows));
            box.append(grid, element("p", { class: "readout", role: "status" }), summary(system, number, found), translation(system, number, one));
          }
          function summary(system, number, found) {
            if (!found) return element("p", { class: "soft" }, "looks nowhere: there are no weights to show");
            const counts = count(system, number, -1), wrong = counts.links - counts.hitPossible;
            if (counts.aer === null) return element("p", { class: "soft" }, "no gold alignment is known");
            return element("p", { class: "soft" }, `AER ${rate(counts.aer)}; ${wrong} of ${counts.links} links wrong, ${counts.sure - counts.hitSure} of ${counts.sure} sure links not found`);
          }
          function translation(system, number, one) {
            const line = element("p", {}), output = system.o[number];
            line.append(element("span", { class: "soft" }, "translation "));
            if (output === null) { line.append("as the reference"); return line; }
            if (output === "") line.append(element("em", {}, "empty"));
            output.split(" ").forEach((word, place) => {
              line.append(word === one.t[place] ? word : element("span", { class: "differs" }, word), " ");
            });
            return line;
          }
          // Both maps show the same cell, so that the scorers can be compared.
          function move(i, j) {
            state.cell = i === null ? null : [i, j];
            [0, 1].forEach(side => {
              const box = by("map-" + side), grid = box.querySelector(".grid");
              if (!grid) return;
              const cursor = grid.querySelector(".cursor"), readout = box.querySelector(".readout");
              cursor.setAttribute("visibility", i === null ? "hidden" : "visible");
              if (i === null) { readout.textContent = ""; return; }
              cursor.setAttribute("x", Number(grid.dataset.left) + i * size);
              cursor.setAttribute("y", Number(grid.dataset.top) + j * Number(grid.dataset.tall));
              readout.textContent = told(side, i, j);
            });
          }
          function told(side, i, j) {
            const number = state.shown[state.place], one = sentence(), found = weights(sides()[side], number), known = gold(one);
            const parts = [`${one.s[i]} → ${one.t[j]}: weight ${(found.bytes[j * one.s.length + i] / 255).toFixed(3)}`];
            const isBest = found.best[j] === i, isGold = known.possible[j].has(i);
            if (known.known) parts.push(known.sure[j].has(i) ? "sure gold link" : isGold ? "possible gold link" : "no gold link");
            if (isBest) parts.push("largest of its row" + (known.known ? isGold ? ", right" : ", a wrong link" : ""));
            if (one.p[j] >= 0) parts.push(here().phenomena[one.p[j]]);
            return parts.join("; ");
          }
          function step(event, columns, rows) {
            const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [-columns, 0], End: [columns, 0] }[event.key];
            if (!moves || event.altKey || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            const from = state.cell || [0, 0], held = (value, count) => Math.min(Math.max(value, 0), count - 1);
            move(held(from[0] + moves[0], columns), held(from[1] + moves[1], rows));
          }

        """#

    /// A heatmap as a file: what is shown, in the colours in which it is shown, and what its marks mean.
    private static let picture = #"""
          const looks = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-size", "font-weight", "text-decoration-line"];
          function file(side) {
            const shown = by("map-" + side).querySelector(".grid svg"), system = sides()[side], one = sentence(), number = state.shown[state.place];
            if (!shown) return null;
            const page = getComputedStyle(document.body), box = shown.viewBox.baseVal, head = 30, found = weights(system, number);
            const title = `${system.name}, seed ${system.seed}; ${here().name}, sentence ${number + 1}`;
            const key = ["darker: more weight, from 0 to 1", "frame: gold link; dashed: merely possible", "dot, cross: largest weight of its row, right or wrong"];
            const wide = Math.max(box.width, ...[title, ...key].map(text => width(text))), high = head + box.height + key.length * 16 + 12;
            const svg = drawn("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, "font-family": "Helvetica, Arial, 'DejaVu Sans', sans-serif" });
            svg.append(drawn("rect", { width: "100%", height: "100%", fill: page.backgroundColor }),
              drawn("text", { x: 8, y: 20, "font-size": 14, "font-weight": "bold", fill: page.color }, title));
            const group = drawn("g", { transform: `translate(0 ${head})` });
            for (const part of shown.children) {
              if (part.classList.contains("cursor")) continue;
              const copy = part.cloneNode(true), style = getComputedStyle(part);
              for (const name of looks) copy.setAttribute(name === "text-decoration-line" ? "text-decoration" : name, style.getPropertyValue(name));
              if (part.classList.contains("cell")) {
                const i = Number(part.dataset.i), j = Number(part.dataset.j);
                copy.append(drawn("title", {}, `${one.s[i]} → ${one.t[j]}: ${(found.bytes[j * one.s.length + i] / 255).toFixed(3)}`));
              }
              for (const name of ["class", "data-i", "data-j", "pointer-events"]) copy.removeAttribute(name);
              group.append(copy);
            }
            svg.append(group, ...key.map((text, line) => drawn("text", { x: 8, y: head + box.height + 14 + line * 16, "font-size": 12, fill: page.color }, text)));
            // XML has no place for control characters, however they are written.
            const text = new XMLSerializer().serializeToString(svg).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
            return { name: `${system.name}-seed-${system.seed}-sentence-${number + 1}`.replace(/[^A-Za-z0-9_-]+/g, "-") + ".svg", text };
          }
          function save(side) {
            const made = file(side);
            if (!made) return;
            const link = element("a", { download: made.name, href: URL.createObjectURL(new Blob([made.text], { type: "image/svg+xml" })) });
            document.body.append(link);
            link.click();
            link.remove();
            setTimeout(() => URL.revokeObjectURL(link.href), 60000);
          }

        """#

    private static let control = #"""
          function options(select, names) { select.replaceChildren(...names.map((name, value) => element("option", { value }, name))); }
          function open(number) {
            state.set = number;
            const set = here(), names = set.systems.map(system => system.name), looking = set.systems.map((system, at) => system.seeds[0].w ? at : -1).filter(at => at >= 0);
            options(by("left"), names);
            options(by("right"), names);
            state.left = looking.length ? looking[0] : 0;
            state.right = looking.length > 1 ? looking[looking.length - 1] : state.left;
            // One that is alone is shown beside itself.
            state.seeds = [0, state.right === state.left ? set.systems[state.right].seeds.length - 1 : 0];
            by("phenomenon").replaceChildren(element("option", { value: -1 }, "all"), ...set.phenomena.map((name, value) => {
              const all = set.sentences.filter(one => one.p.includes(value)).length;
              return element("option", { value }, `${name} (${all})`);
            }));
            state.phenomenon = -1;
            state.shown = [];
          }
          function controls() {
            by("set").value = state.set; by("left").value = state.left; by("right").value = state.right;
            ["left", "right"].forEach((side, number) => {
              const select = by(side + "-seed"), { seeds } = scorers()[number];
              options(select, seeds.map(one => one.seed));
              select.value = state.seeds[number];
              select.disabled = seeds.length < 2;
            });
            by("phenomenon").value = state.phenomenon; by("order").value = state.order; by("wrong").checked = state.wrong;
          }
          // In the address, so that a sentence can be passed on; names may hold anything.
          function remember() {
            const [a, b] = sides(), all = { set: state.set, a: a.name, as: a.seed, b: b.name, bs: b.seed, s: (state.shown[state.place] || 0) + 1 };
            const text = Object.entries(all).map(([key, value]) => key + "=" + encodeURIComponent(value)).join("&");
            try { if (ready) history.replaceState(null, "", "#" + text); } catch (_) {}
          }
          function recall() {
            const asked = new URLSearchParams(location.hash.slice(1)), names = name => here().systems.findIndex(system => system.name === name);
            if (!asked.has("s")) return;
            if (sets[Number(asked.get("set"))]) open(Number(asked.get("set")));
            if (names(asked.get("a")) >= 0) state.left = names(asked.get("a"));
            if (names(asked.get("b")) >= 0) state.right = names(asked.get("b"));
            state.seeds = scorers().map((one, side) => seeded(one, asked.get(side ? "bs" : "as")));
            state.shown = [Number(asked.get("s")) - 1];
          }
          // The place of a seed, or of the first where the scorer has no such seed.
          function seeded(system, seed) { return Math.max(0, system.seeds.findIndex(one => String(one.seed) === String(seed))); }
          let ready = false;
          options(by("set"), sets.map(set => set.name));
          by("set-label").hidden = sets.length < 2;
          if (sets.length < 2) by("set-label").style.display = "none";
          open(0);
          recall();
          controls();
          frame.hidden = false;
          fill(true);
          ready = true;
          by("set").addEventListener("change", event => { open(Number(event.target.value)); controls(); fill(false); });
          ["left", "right"].forEach((side, number) => {
            by(side).addEventListener("change", event => {
              const { seed } = sides()[number];
              state[side] = Number(event.target.value);
              state.seeds[number] = seeded(scorers()[number], seed);
              controls();
              fill(state.order === "place");
            });
            by(side + "-seed").addEventListener("change", event => { state.seeds[number] = Number(event.target.value); fill(state.order === "place"); });
            by("save-" + number).addEventListener("click", () => save(number));
          });
          by("phenomenon").addEventListener("change", event => { state.phenomenon = Number(event.target.value); fill(state.order === "place"); });
          by("order").addEventListener("change", event => { state.order = event.target.value; fill(state.order === "place"); });
          by("wrong").addEventListener("change", event => { state.wrong = event.target.checked; fill(true); });
          by("previous").addEventListener("click", () => show(state.place - 1));
          by("next").addEventListener("click", () => show(state.place + 1));
          by("sentences").addEventListener("click", event => { const option = event.target.closest("[role=option]"); if (option) show(Number(option.id.slice(9))); });
          by("sentences").addEventListener("keydown", event => {
            const moves = { ArrowUp: -1, ArrowDown: 1, PageUp: -8, PageDown: 8, Home: -1e9, End: 1e9 }[event.key];
            if (moves === undefined) return;
            event.preventDefault();
            show(state.place + moves);
          });
          low.addEventListener("change", () => [0, 1].forEach(draw));
          document.addEventListener("keydown", event => {
            if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input,select,textarea")) return;
            if (event.key === "n") show(state.place + 1);
            if (event.key === "p") show(state.place - 1);
          });

        """#
}
