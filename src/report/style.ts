/** The report's looks: one column, readable on a phone and on paper. */
export const STYLE = `
:root { --ink: #1a1a1a; --muted: #5c5c5c; --line: #d8d8d8; --strong: #0b5c94; --bad: #b3470f; --soft: #f5f7f9; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--ink); background: #fff; }
main, header, footer { max-width: 54rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; }
details + h3 { margin-top: 2.5rem; }
a { color: var(--strong); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
section.figure { margin: 2.5rem 0; }
figure { margin: .75rem 0 0; }
figcaption { color: var(--muted); font-size: .9rem; max-width: 46rem; }
.claim { margin: 0; max-width: 46rem; }
.chart { position: relative; max-width: 100%; overflow-x: auto; min-height: 4rem; }
.chart svg { display: block; }
@media screen and (min-width: 48rem) { .chart svg { zoom: 1.2; } }
.band { position: absolute; top: 0; bottom: 0; background: rgb(11 92 148 / 15%); pointer-events: none; }
.label { font-size: .75rem; text-transform: uppercase; letter-spacing: .05em; color: var(--strong); margin-right: .35rem; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
button, select, input[type="number"] { font: inherit; font-size: .9rem; min-height: 2.25rem; padding: .2rem .7rem; border: 1px solid #8a929b; border-radius: .4rem; background: #fff; color: var(--ink); max-width: 100%; }
input[type="number"] { width: 6rem; }
button { cursor: pointer; }
button:hover { background: var(--soft); }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .75rem 0; padding: .75rem; background: var(--soft); border-radius: .5rem; }
.controls label { display: flex; flex-direction: column; font-size: .85rem; color: var(--muted); max-width: 100%; }
.controls label.check { flex-direction: row; gap: .4rem; align-items: center; min-height: 2.25rem; }
.note { color: var(--muted); font-size: .9rem; }
.scroll { overflow-x: auto; max-height: 34rem; overflow-y: auto; }
.wide { width: fit-content; min-width: 100%; max-width: min(80rem, 100vw - 2rem); position: relative; left: 50%; transform: translateX(-50%); }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: #fff; border-bottom: 2px solid var(--line); }
td.n, th.n { text-align: right; white-space: nowrap; }
td button { font-size: .8rem; min-height: 1.9rem; text-align: left; white-space: nowrap; }
td.why { min-width: 14rem; }
td.what { min-width: 12rem; }
.flag { color: var(--bad); font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { padding: 2rem 1rem 3rem; color: var(--muted); font-size: .85rem; }
#vg-tooltip-element { position: fixed; visibility: hidden; z-index: 10; padding: .45rem .6rem; background: #fff; border: 1px solid #8a929b; border-radius: .35rem; box-shadow: 0 2px 8px rgb(0 0 0 / 15%); font-size: .8rem; pointer-events: none; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td { border: 0; padding: .05rem .3rem; }
#vg-tooltip-element td.key { color: var(--muted); text-align: right; }
@media (max-width: 34rem) { h1 { font-size: 1.5rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@page { margin: 15mm; }
@media print {
  nav, .controls, .tools, details, .skip { display: none; }
  .figure, figure, tr { break-inside: avoid; }
  h2, h3, h2 + p, h3 + .controls { break-after: avoid; }
  main, header, footer { max-width: none; padding: 0; }
  .scroll { max-height: none; max-width: none; overflow: visible; position: static; transform: none; }
  table { font-size: .55rem; width: 100%; }
  th, td { padding: .2rem .25rem; }
  td button { border: 0; padding: 0; font-size: inherit; min-height: 0; white-space: normal; }
  td.why, td.what { min-width: 0; }
  td.n, th.n { white-space: normal; }
  thead th { position: static; }
  body { font-size: 11pt; }
}
`;
