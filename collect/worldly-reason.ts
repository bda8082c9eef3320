/** Errors of the code and not of the world: they end a campaign with their place, since trying again would not help. */
const OF_THE_CODE = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'AssertionError'];

export function isOfTheCode(error: unknown): boolean {
  return !(error instanceof Error) || OF_THE_CODE.includes(error.name);
}

/** The reason of a failure that the world caused, such as an engine that does not answer. @throws what the code caused */
export function worldlyReason(error: unknown): string {
  if (isOfTheCode(error)) throw error;
  return (error as Error).message;
}

/** An error of a call to the kernel, such as for a file that is not there. @throws what is another */
export function kernelError(error: unknown): NodeJS.ErrnoException {
  if (error instanceof Error && 'syscall' in error) return error as NodeJS.ErrnoException;
  throw error;
}

/** Told of an error of the code by what works in the background. */
export type Broken = (error: unknown) => void;

/** Where nobody is told, such an error ends the process. */
export const rethrow: Broken = (error) => {
  throw error;
};
