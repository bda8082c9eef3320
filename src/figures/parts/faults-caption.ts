import { settingWords } from '../../results/core/setting.js';
import type { Faults } from './faults.js';
import {
  capital,
  estimateWords,
  faultWords,
  number,
  severityWords,
  shortWhiskers,
  unpairedWords,
  whiskerWords,
} from './words.js';

/** {@link faultsCaption} in short. */
export function shortFaultsCaption({ bars, workers, measure }: Faults): string {
  const what = measure === 'reads_per_s' ? 'Successful reads per second' : 'Mean latency of successful reads';
  const diamonds = bars.some((bar) => bar.published !== null)
    ? ' Diamonds are 2022’s values, scaled to this baseline.'
    : '';
  return `${what} with ${workers} workers, and as a ratio to the baseline (right). ${shortWhiskers(bars.map((bar) => bar.trials.length))}${diamonds}`;
}

/** The caption of a figure that sets faults beside their baseline. */
export function faultsCaption({ bars, failed, setting, workers, measure, scaled }: Faults): string {
  const unit = measure === 'reads_per_s' ? 'successful reads a second' : 'ms';
  const what =
    measure === 'reads_per_s'
      ? 'Successful reads over the planned duration'
      : 'Mean latency of successful reads';
  const [base, ...faults] = bars;
  const values = faults.map(
    (bar) => `${oneLine(bar.label)} ${estimateWords(bar.toBaseline!)} times the baseline`,
  );
  const diamonds = bars.some((bar) => bar.published !== null)
    ? ' Diamonds are the values published in 2022, as a ratio to their own baseline, since the hosts differ.'
    : '';
  const others =
    scaled > 0
      ? ` ${number(scaled)} of the trials were measured at another time, and are scaled so that the means of the baselines agree.`
      : '';
  return (
    `${what} with ${workers} workers. The baseline is ${estimateWords(base!.estimate, unit)}; ` +
    `${values.join('; ')}. ${whiskerWords(bars.map((bar) => bar.trials.length))} Dots are trials, ` +
    `numbers at the right ratios to the baseline, within blocks.${others}${unpairedWords(faults.map((bar) => bar.toBaseline))}${diamonds}${failedWords(failed)} (${capital(settingWords(setting))}.)`
  );
}

function failedWords(failed: Faults['failed']): string {
  const each = failed.map(
    (one) => `${faultWords(one.fault)} (${severityWords(one)}), ${one.runs} runs: ${one.reason}`,
  );
  return each.length > 0 ? ` Every run failed of: ${each.join('; ')}.` : '';
}

function oneLine(label: string): string {
  return label.replace('\n', ' (').concat(label.includes('\n') ? ')' : '');
}
