/** Errors of the code and not of the world: they end a campaign with their place, since trying again would not help. */
const OF_THE_CODE = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'AssertionError'];

/** The reason of a failure that the world caused, such as an engine that does not answer. @throws what the code caused */
export function worldlyReason(error: unknown): string {
  if (!(error instanceof Error) || OF_THE_CODE.includes(error.name)) throw error;
  return error.message;
}
