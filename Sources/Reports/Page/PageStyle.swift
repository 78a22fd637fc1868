// How a page looks: by day, in the dark, on a telephone and on paper.

enum PageStyle {
    /// Colours are named once and given twice; pictures are drawn for white ground, and their colours replaced in the
    /// dark.
    static let text = colours + layout + tables + pictures + browser + projector + paper

    private static let light = """
        --paper:#fff;--panel:#f6f8fa;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--grid:#e3e6ea;--accent:#0550ae;--hot:#08306b;--on-hot:#fff;--gold:#c2410c;--wrong:#1f2328;--cold:#fff;--blue:#0072b2
        """
    private static let dark = """
        --paper:#14171c;--panel:#1d2229;--ink:#e6e8eb;--soft:#a3abb5;--line:#3a424c;--grid:#2b313a;--accent:#79b8ff;--hot:#a5d3ff;--on-hot:#10141a;--gold:#ffa657;--wrong:#fff;--cold:#14171c;--blue:#3f9bdc
        """

    private static let colours = """
        :root{color-scheme:light;\(light)}
        @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(dark)}}
        :root[data-theme=dark]{color-scheme:dark;\(dark)}

        """

    private static let layout = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,"DejaVu Sans",sans-serif}
        header,main{max-width:1360px;margin:0 auto;padding:0 16px}
        header{padding-top:16px;display:flex;flex-wrap:wrap;gap:4px 20px;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:10px}
        h1{font-size:1.4rem;margin:0;flex:1 1 100%}
        h2{font-size:1.2rem;margin:28px 0 8px}
        h3{font-size:1rem;margin:18px 0 6px}
        nav{display:flex;flex-wrap:wrap;gap:2px 16px;flex:1}
        a{color:var(--accent)}
        p,ul{margin:6px 0}
        ul{padding-left:20px}
        p,li{max-width:78em;overflow-wrap:anywhere}
        .soft,small,.note{color:var(--soft)}
        .headline{font-size:1.12rem;line-height:1.45;max-width:64em;margin:10px 0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:8px 0}
        dt{font-weight:600}
        dd{margin:0}
        dd span{margin-right:1.4em;overflow-wrap:anywhere}
        .note{border-left:3px solid var(--gold);padding:2px 10px}
        pre{overflow:auto;background:var(--panel);padding:10px;font-size:12px;max-height:28em;white-space:pre-wrap;overflow-wrap:anywhere}
        button,select,input{font:inherit;color:inherit}
        button,select{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:3px 9px;min-height:30px}
        button{cursor:pointer}
        button:disabled{opacity:.45;cursor:default}
        :focus-visible{outline:3px solid var(--accent);outline-offset:1px}
        summary{cursor:pointer;color:var(--accent)}

        """

    private static let tables = """
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13.5px}
        caption{text-align:left;color:var(--soft);font-size:12.5px;padding:2px 0;position:sticky;left:0}
        th,td{padding:3px 8px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--grid)}
        thead th{border-bottom:2px solid var(--line);vertical-align:bottom;white-space:normal}
        th.left,td.left,tbody th{text-align:left}
        tbody th{position:sticky;left:0;background:var(--paper);font-weight:600}
        tbody tr:hover td,tbody tr:hover th{background:var(--panel)}
        thead button{all:unset;cursor:pointer;font-weight:600;padding:2px 0;position:relative}
        thead button:focus-visible{outline:3px solid var(--accent)}
        thead button::after{content:"";position:absolute;left:0;right:0;bottom:-.75em;text-align:center;font-size:9px;color:var(--accent)}
        th[aria-sort=ascending] button::after{content:"▲"}
        th[aria-sort=descending] button::after{content:"▼"}
        .system{all:unset;cursor:pointer;white-space:nowrap}
        .system:focus-visible{outline:3px solid var(--accent)}
        .system[aria-pressed=true]{text-decoration:underline;text-decoration-thickness:2px}
        tr.lit th,tr.lit td{background:var(--panel)}
        tr.lit th{box-shadow:inset 3px 0 var(--accent)}
        .mark{display:inline-block;text-align:left;margin-left:.4em;font-size:.88em;color:var(--accent)}
        .sample{margin-right:6px;vertical-align:-1px}

        """

    private static let pictures = """
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:18px 20px;align-items:start}
        figure{margin:0;min-width:0}
        figure.wide{grid-column:1/-1}
        figure .picture{overflow-x:auto}
        figure:not(.wide) .picture svg{width:100%;height:auto;max-width:520px}
        .picture>svg>rect:first-child{fill:none}
        .picture text{fill:var(--ink)}
        .picture text.on-dark{fill:var(--on-hot)}
        .picture .shade{fill:var(--hot)}
        .picture [stroke="#e3e6ea"]{stroke:var(--grid)}
        .picture [stroke="#57606a"]{stroke:var(--soft)}
        .picture [stroke="white"]{stroke:var(--paper)}
        [fill="#000000"]{fill:var(--ink)}
        .picture [stroke="#000000"]{stroke:var(--ink)}
        [fill="#0072B2"]{fill:var(--blue)}
        .picture [stroke="#0072B2"]{stroke:var(--blue)}
        .picture.rest,.without-baselines .picture.whole{display:none}
        .without-baselines .picture.rest{display:block}
        .lights{display:flex;flex-wrap:wrap;gap:4px 6px;align-items:center;margin:16px 0 4px;padding:6px 0;background:var(--paper);font-size:13px}
        .lights[hidden]{display:none}
        .lights .system{border:1px solid var(--line);border-radius:6px;padding:2px 8px;min-height:26px}
        .lights .system[aria-pressed=true]{background:var(--panel);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);text-decoration:none;font-weight:600}
        .lights .alike{min-height:26px;padding:2px 9px}
        .lights .line{display:flex;gap:6px;align-items:center;min-height:26px;margin-left:8px}
        @media (min-width:900px) and (min-height:640px){
        .lights{position:sticky;top:0;z-index:2;border-bottom:1px solid var(--grid);max-height:30vh;overflow-y:auto}
        }
        #tip{position:fixed;z-index:9;max-width:min(30em,calc(100vw - 16px));background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:6px 10px;font-size:13.5px;box-shadow:0 2px 10px #0004}
        #tip[hidden]{display:none}
        #tip strong,#tip span{display:block;overflow-wrap:anywhere}
        .series{transition:opacity .1s;cursor:pointer}
        .series.name.dim{opacity:.5}
        .series.dim{opacity:.12}

        """

    private static let browser = """
        .controls{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:end;margin:8px 0}
        .controls label{display:flex;flex-direction:column;font-size:12.5px;color:var(--soft);min-width:0}
        .controls label.line{flex-direction:row;gap:6px;align-items:center;min-height:30px}
        .controls select{max-width:100%;color:var(--ink)}
        .sentences{border:1px solid var(--line);border-radius:6px;height:13.5em;overflow-y:auto;margin:8px 0;font-size:13.5px}
        .sentences [role=option]{display:flex;gap:10px;padding:2px 8px;cursor:pointer;content-visibility:auto;contain-intrinsic-size:auto 24px}
        .sentences [aria-selected=true]{background:var(--hot);color:var(--on-hot)}
        .sentences .rates{flex:none;width:10.5em;font-variant-numeric:tabular-nums;white-space:nowrap}
        .sentences .words{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .sentences p{padding:6px 10px}
        .maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:14px 24px;margin-top:10px}
        .map{min-width:0}
        .of{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;font-size:12.5px;color:var(--soft)}
        .of label{display:flex;gap:6px;align-items:center;min-width:0}
        .of select{max-width:100%;min-width:0;color:var(--ink)}
        .of button{color:var(--ink)}
        .map h3{display:none}
        .grid{overflow-x:auto;padding:3px}
        .grid svg{display:block;max-width:100%;height:auto;min-width:var(--least)}
        .grid text{fill:var(--ink);font-size:12.5px}
        .grid text.chosen{font-weight:700;text-decoration:underline}
        .cell{fill:var(--hot);stroke:var(--grid)}
        .gold{fill:none;stroke:var(--gold);stroke-width:2.2}
        .gold.possible{stroke-dasharray:3 2.5}
        .hit{fill:var(--wrong);stroke:var(--cold);stroke-width:1.5}
        .under{fill:none;stroke:var(--cold);stroke-width:5;stroke-linecap:round}
        .miss{fill:none;stroke:var(--wrong);stroke-width:2.2;stroke-linecap:round}
        .cursor{fill:none;stroke:var(--accent);stroke-width:3}
        .readout{min-height:3em;margin:2px 0;font-variant-numeric:tabular-nums}
        .differs{text-decoration:underline wavy;text-underline-offset:3px;font-weight:600}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:12.5px;color:var(--soft);align-items:center}
        .key span{display:inline-flex;gap:6px;align-items:center}
        .ramp{width:90px;height:12px;border:1px solid var(--line);background:linear-gradient(to right,var(--cold),var(--hot))}
        kbd{border:1px solid var(--line);border-radius:4px;padding:0 4px;font-size:12px;background:var(--panel)}
        @media (max-width:600px){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:10px}dd span{display:block}.sentences .rates{width:7.5em}body{font-size:14.5px}header,main{padding-left:12px;padding-right:12px}}

        """

    /// Low windows, such as a projector's: controls draw together, and a heatmap is no higher than what is left.
    private static let projector = """
        @media screen and (min-width:700px) and (max-height:700px){
        h2{margin:10px 0 2px}
        #browser .controls{margin:2px 0}
        #browser .sentences{height:5.6em;margin:4px 0}
        #browser #count,#browser .read{display:none}
        #browser .maps{margin-top:4px}
        .grid{padding:1px 3px}
        .grid svg{min-width:0;max-height:max(200px,calc(100vh - 250px))}
        .readout{min-height:1.5em}
        }

        """

    private static let paper = """
        @media print{
        :root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;\(light)}
        @page{margin:12mm}
        body{font-size:10.5pt}
        header,main{max-width:none;padding:0}
        .screen,nav,#theme,#count,.controls,.of,.lights,#tip,.sentences,details:not([open]),.readout:empty,.cursor,.keys{display:none}
        .scroll,.grid,figure .picture{overflow:visible}
        table{font-size:6.3pt}th,td{padding:1.5pt 2pt}.sample{margin-right:3px}
        .charts{grid-template-columns:1fr 1fr}
        figure,.map,tr,dd{break-inside:avoid}
        .map h3{display:block}
        h2,h3{break-after:avoid}
        figure.wide .picture svg{max-width:100%;height:auto}
        .maps{grid-template-columns:1fr 1fr}
        .cell,.gold,.shade,.ramp,.system svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }
        """
}
