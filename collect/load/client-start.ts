/** When the first operation was due, Unix time in ms by the client's clock; undefined where its log does not say so yet. */
export function startIn(log: string): number | undefined {
  const line = log.split('\n').find((one) => one.includes('"event":"started"'));
  if (line === undefined) return undefined;
  const { anchor, started_ns } = JSON.parse(line.slice(line.indexOf('{'))) as {
    anchor: { unix_ns: number; reading_ns: number };
    started_ns: number;
  };
  return (anchor.unix_ns + started_ns - anchor.reading_ns) / 1e6;
}
