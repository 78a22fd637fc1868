// The frame of the alignment browser; its script fills it.

/// Two scorers side by side on one sentence. What is chosen lives in the page, what is shown comes from its data.
public enum BrowserHTML {
    public static let text = """
        <noscript><p class="note">The alignment browser needs JavaScript; everything above does without.</p></noscript>
        <div id="browser" hidden>
        <div class="controls">
        <label id="set-label">test set <select id="set"></select></label>
        <label>phenomenon <select id="phenomenon"></select></label>
        <label>order <select id="order">
        <option value="place">as in the test set</option>
        <option value="left">worst AER, left</option>
        <option value="right">worst AER, right</option>
        <option value="difference">largest difference</option>
        </select></label>
        <label class="line"><input type="checkbox" id="wrong"> with wrong links only</label>
        <button type="button" id="previous">‹ previous</button>
        <button type="button" id="next">next ›</button>
        </div>
        <p class="soft" id="count" role="status"></p>
        <div class="sentences" id="sentences" role="listbox" tabindex="0" aria-label="sentences, with the AER of the left and the right scorer"></div>
        <p class="read"><span class="soft">source</span> <span id="source"></span></p>
        <p class="read"><span class="soft">reference</span> <span id="reference"></span></p>
        <div class="maps">
        \(map(0, "left"))
        \(map(1, "right"))
        </div>
        <p class="soft">Where each scorer looks while the decoder reads the reference: target words down, source words across, gold links framed. (posterior): where each word came from once it is known, and not the weights that were there before.</p>
        <p class="key">
        <span>weight 0 <span class="ramp"></span> 1</span>
        <span><svg width="18" height="18" aria-hidden="true"><rect class="gold" x="2" y="2" width="14" height="14"/></svg> gold link, sure</span>
        <span><svg width="18" height="18" aria-hidden="true"><rect class="gold possible" x="2" y="2" width="14" height="14"/></svg> gold link, possible</span>
        <span><svg width="18" height="18" aria-hidden="true"><circle class="hit" cx="9" cy="9" r="4"/></svg> largest weight of its row, right</span>
        <span><svg width="18" height="18" aria-hidden="true"><path class="miss" d="M5 5L13 13M13 5L5 13"/></svg> largest weight of its row, a wrong link</span>
        </p>
        <p class="soft keys">Keys: <kbd>n</kbd> <kbd>p</kbd> next and previous sentence; arrows move in the list of sentences and, once it has the focus, from cell to cell of a heatmap.</p>
        </div>

        """

    private static func map(_ number: Int, _ side: String) -> String {
        """
        <div class="map"><div class="of">
        <label>\(side) <select id="\(side)"></select></label>
        <label>seed <select id="\(side)-seed"></select></label>
        <button type="button" id="save-\(number)">save as SVG</button>
        </div>
        <div id="map-\(number)"></div></div>
        """
    }
}
