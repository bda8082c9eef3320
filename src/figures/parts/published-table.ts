import { csv } from '../../common/csv.js';
import { escapeLatex } from '../../common/latex.js';
import type { Ratio } from '../../results/core/interval.js';
import type { Comparison } from '../../results/derived/published.js';
import { methodMark, round, UNPAIRED, UNPAIRED_WORDS } from './words.js';

/** Published values beside ours as CSV: numbers with six significant digits, empty where there is none. */
export function publishedCsv(rows: readonly Comparison[]): string {
  const lines = rows.map((row) => ({
    figure: row.figure,
    label: row.label,
    measure: row.measure,
    unit: row.unit,
    published: round(row.value),
    published_ratio: round(row.ratio),
    measured: round(row.ours?.value ?? null),
    measured_low: round(row.ours?.low ?? null),
    measured_high: round(row.ours?.high ?? null),
    measured_ratio: round(row.oursRatio?.value ?? null),
    measured_ratio_low: round(row.oursRatio?.low ?? null),
    measured_ratio_high: round(row.oursRatio?.high ?? null),
    measured_ratio_method: row.oursRatio?.method ?? null,
    trials: row.ours?.trials ?? null,
  }));
  return csv(Object.keys(lines[0] ?? {}) as (keyof (typeof lines)[number])[], lines);
}

/** The same as a LaTeX table (booktabs): values, and ratios with their intervals. */
export function publishedTex(rows: readonly Comparison[]): string {
  const lines = rows.map((row, i) => {
    const cells = [
      row.figure === rows[i - 1]?.figure ? '' : row.figure,
      row.label,
      row.unit,
      digits(row.value),
      row.ours ? digits(row.ours.value) : '–',
      row.ratio.toFixed(2),
      row.oursRatio ? ratio(row.oursRatio) : '–',
    ];
    const rule = i > 0 && cells[0] !== '' ? '\\midrule\n' : '';
    return `${rule}${cells.map(escapeLatex).join(' & ')} \\\\`;
  });
  return `% Needs booktabs. Ratios are to the baseline of the same source; brackets hold 95 % intervals over trials.
% ${UNPAIRED}: ${UNPAIRED_WORDS}.
\\begin{tabular}{lllrrrl}
\\toprule
 & & & \\multicolumn{2}{c}{Value} & \\multicolumn{2}{c}{Ratio} \\\\
\\cmidrule(lr){4-5}\\cmidrule(lr){6-7}
Figure & Configuration & Unit & 2022 & measured & 2022 & measured \\\\
\\midrule
${lines.join('\n')}
\\bottomrule
\\end{tabular}
`;
}

function ratio({ value, low, high, method }: Ratio): string {
  const interval = low === null || high === null ? '' : ` [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return `${value.toFixed(2)}${methodMark({ method })}${interval}`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
