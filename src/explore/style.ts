/** The explorer's looks: charts side by side where there is room, one below the other on a phone, and dark where wanted. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1a1a1a, #e8e8e8); --muted: light-dark(#5c5c5c, #a8a8a8); --line: light-dark(#d8d8d8, #444); --strong: light-dark(#0b5c94, #6db5e8); --bad: light-dark(#b3470f, #f0935c); --soft: light-dark(#f5f7f9, #23272b); --paper: light-dark(#fff, #16181a); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--ink); background: var(--paper); }
main, header { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.charts { display: flex; flex-wrap: wrap; gap: 1rem 2rem; overflow-x: auto; }
.charts > figure { margin: 0; max-width: 100%; }
.charts figcaption { font-size: .85rem; color: var(--muted); width: 0; min-width: 100%; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .75rem 0; padding: .75rem; background: var(--soft); border-radius: .5rem; }
.controls label { display: flex; flex-direction: column; font-size: .85rem; color: var(--muted); max-width: 100%; }
button, select, textarea { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper); border: 1px solid #8a929b; border-radius: .4rem; padding: .3rem .7rem; max-width: 100%; }
button, select { min-height: 2.25rem; cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
textarea { width: 100%; font-family: ui-monospace, monospace; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.count { color: var(--muted); font-size: .9rem; }
[role="alert"] { color: var(--bad); white-space: pre-wrap; }
.scroll { overflow: auto; max-height: 30rem; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--paper); }
.n { text-align: right; }
#drawn svg { max-width: 100%; height: auto; background: #fff; }
.plot svg { max-width: 100%; }
`;
