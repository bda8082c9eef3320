/** Counts what is under way, so that what it needs is closed after it. */
export interface Asked {
  /** Waits for an answer. @throws Error once it was closed */
  answer<T>(ask: () => Promise<T>): Promise<T>;
  /** Closes at once, or when the last answer is there. */
  close(): void;
}

/** DuckDB waits forever for a connection that is taken away from below a question. */
export function closedAfterAnswers(close: () => void): Asked {
  let asking = 0;
  let closed = false;
  return {
    async answer(ask) {
      if (closed) throw new Error('the dataset was closed before it was asked');
      asking++;
      try {
        return await ask();
      } finally {
        asking--;
        if (closed && asking === 0) close();
      }
    },
    close() {
      if (closed) return;
      closed = true;
      if (asking === 0) close();
    },
  };
}
