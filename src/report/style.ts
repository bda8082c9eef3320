/** The report's looks: one column, readable on a phone and on paper. */
export const STYLE = `
:root { --ink: #1a1a1a; --muted: #5c5c5c; --line: #d8d8d8; --strong: #0b5c94; --bad: #b3470f; --soft: #f5f7f9; --paper: #fff; --edge: #8a929b; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --muted: #b4bac2; --line: #3a424b; --strong: #8cc4ef; --bad: #f2a36b; --soft: #1d232a; --paper: #14181d; --edge: #6a727c; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--ink); background: var(--paper); }
main, header, footer { max-width: 54rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; }
details + h3 { margin-top: 2.5rem; }
figcaption details { margin-top: .4rem; }
a { color: var(--strong); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
section.figure { margin: 2.5rem 0; }
figure { margin: .75rem 0 0; }
figcaption { color: var(--muted); font-size: .9rem; max-width: 46rem; }
.question { margin: 0; max-width: 46rem; font-weight: 600; }
.chart { position: relative; max-width: 100%; overflow-x: auto; min-height: 4rem; }
.chart svg { display: block; }
@media screen and (min-width: 48rem) { .chart svg { zoom: 1.2; } }
.band { position: absolute; top: 0; bottom: 0; background: rgb(11 92 148 / 15%); pointer-events: none; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
button, select, input[type="number"], input[type="search"] { font: inherit; font-size: .9rem; min-height: 2.25rem; padding: .2rem .7rem; border: 1px solid var(--edge); border-radius: .4rem; background: var(--paper); color: var(--ink); max-width: 100%; }
input[type="number"] { width: 6rem; }
button { cursor: pointer; }
button:hover { background: var(--soft); }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .75rem 0; padding: .75rem; background: var(--soft); border-radius: .5rem; }
.controls label { display: flex; flex-direction: column; font-size: .85rem; color: var(--muted); max-width: 100%; }
.controls label.check { flex-direction: row; gap: .4rem; align-items: center; min-height: 2.25rem; }
.finding { margin: 0 0 1.25rem; padding: .25rem 0 .25rem 1rem; border-left: 4px solid var(--strong); }
.unknown { color: var(--muted); font-size: 0.9rem; }
.unknown li { margin: 0.35rem 0; }
.headline { margin: .25rem 0; font-weight: 600; max-width: 46rem; }
.more { margin: 0; max-width: 46rem; font-size: .92rem; color: var(--muted); }
code { font-size: .88em; background: var(--soft); padding: .05em .3em; border-radius: .25em; overflow-wrap: anywhere; }
.paper { display: none; }
thead th button { font: inherit; min-height: 0; border: 0; padding: 0; background: none; color: inherit; text-align: inherit; }
th[aria-sort="ascending"] button::after { content: " ▲"; }
th[aria-sort="descending"] button::after { content: " ▼"; }
.note { color: var(--muted); font-size: .9rem; }
.scroll { overflow-x: auto; max-height: 34rem; overflow-y: auto; padding-right: 1rem; }
.wide { width: fit-content; min-width: 100%; max-width: min(80rem, 100vw - 2rem); position: relative; left: 50%; transform: translateX(-50%); }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--line); }
td.n, th.n { text-align: right; white-space: nowrap; }
td button { font-size: .8rem; min-height: 1.9rem; text-align: left; white-space: nowrap; }
td.why { min-width: 14rem; }
td.what { min-width: 12rem; }
.flag { color: var(--bad); font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { padding: 2rem 1rem 3rem; color: var(--muted); font-size: .85rem; }
#vg-tooltip-element { position: fixed; visibility: hidden; z-index: 10; padding: .45rem .6rem; background: var(--paper); border: 1px solid var(--edge); border-radius: .35rem; box-shadow: 0 2px 8px rgb(0 0 0 / 15%); font-size: .8rem; pointer-events: none; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td { border: 0; padding: .05rem .3rem; }
#vg-tooltip-element td.key { color: var(--muted); text-align: right; }
@media (max-width: 34rem) { h1 { font-size: 1.5rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@page { margin: 15mm; }
@media print {
  nav, .controls, .tools, details, .skip, .screen { display: none; }
  .paper { display: block; }
  .figures { columns: 2; column-gap: 8mm; }
  section.figure { margin: 0 0 5mm; }
  .figure, figure, tr, .finding { break-inside: avoid; }
  .figure .drawing svg { width: 100%; height: auto; zoom: 1; }
  #section-outage, #section-impact, #section-errors { column-span: all; }
  #section-outage svg, #section-impact svg, #section-errors svg { width: 125mm; }
  .chart { min-height: 0; overflow: visible; }
  h2, h3, h2 + p { break-after: avoid; }
  h2 { margin: 6mm 0 2mm; }
  main, header, footer { max-width: none; padding: 0; }
  .scroll { max-height: none; max-width: none; overflow: visible; position: static; transform: none; }
  table { font-size: 6.5pt; width: 100%; }
  th, td { padding: .1rem .25rem; }
  td.n, th.n { white-space: normal; }
  thead th { position: static; }
  html { font-size: 9pt; }
  body { font-size: 9pt; line-height: 1.4; }
  h1 { font-size: 15pt; } h2 { font-size: 12pt; } h3 { font-size: 10pt; }
  figcaption, .note { font-size: 7pt; }
}
`;
