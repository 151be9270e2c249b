/** Plain and large, on a phone and on paper, by day and by night. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --bar: #a4342a; --ok: #2d6a4f }
* { box-sizing: border-box }
body { font: 17px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem }
header { border-bottom: 3px solid var(--bar); margin-bottom: 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
p { margin: .3rem 0 } .soft { opacity: .75; font-size: .9rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .6rem; padding: 0; list-style: none }
.tiles li { background: var(--soft); padding: .6rem .8rem; border-radius: .4rem } .tiles b { display: block; font-size: 1.45rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid var(--line); white-space: nowrap }
th:first-child, td:first-child { text-align: left } tr.town td { background: var(--soft); font-weight: 600 }
meter { width: 6rem; height: .9rem; vertical-align: middle }
.clock { position: relative; height: 1.3rem; background: var(--soft); border-radius: .3rem; overflow: hidden }
.clock i { position: absolute; inset: 0 auto 0 0; background: var(--bar) } .clock u { position: absolute; top: 0; bottom: 0; width: 3px; background: currentColor }
.late { color: var(--bar); font-weight: 600 } .ended { color: var(--ok) }
@media (prefers-color-scheme: dark) { :root { --bar: #e0675c; --ok: #74c69d } }
@media print { body { font-size: 11pt; max-width: none } nav { display: none } }
`;
