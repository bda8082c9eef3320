import type { Dataset } from '../dataset/open.js';

/** What a dataset says about one question, in plain words. Text between backticks is code. */
export interface Finding {
  name: string;
  /** The question in a few words, as a heading. */
  title: string;
  /** The figure that shows it; null where none does. */
  figure: string | null;
  /**
   * What it is told from: times, which only a quiet machine measures; costs of faults, which an open loop feels; those of
   * followers, of which more trials are needed; or histories of clients. Default: times.
   */
  asks?: 'times' | 'costs' | 'followers' | 'histories';
  /** Whether a dataset of a machine that was busy all the time can tell it, too. Default: false. */
  fromBusyMachine?: boolean;
  /** @throws MissingData where the dataset cannot answer */
  say(data: Dataset): Promise<Said>;
}

/** A finding's sentences, with numbers from the data. */
export interface Said {
  /** One sentence that can stand alone. */
  headline: string;
  /** More sentences; may be none. */
  more: string[];
  /** The figure that shows it where it is another than the finding's. */
  figure?: string;
}
