/**
 * What a cell has begun to show. A cell ends when all of it is there, whether it was awaited or not: otherwise it
 * would come below a later cell, or not at all.
 */
const begun: Shown[] = [];

/** Work that ends with something below the cell. */
export class Shown extends Promise<void> {
  /** Whether somebody waits for it, and so hears of an error. */
  awaited = false;

  // what is made from it (`then`, `catch`) is an ordinary promise
  static override get [Symbol.species]() {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: `await` calls it, which tells that somebody waits
  override then<A = void, B = never>(
    // biome-ignore lint/suspicious/noConfusingVoidType: as in the class that it extends
    done?: ((value: void) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.awaited = true;
    return super.then(done, failed);
  }
}

/** Work that a cell waits for before it ends. */
export function waitedFor(work: () => Promise<void>): Shown {
  const shown = new Shown((resolve, reject) => work().then(resolve, reject));
  // an error of one that nobody awaits is told when the cell ends
  Promise.prototype.then.call(shown, null, () => {});
  begun.push(shown);
  return shown;
}

/** Resolves once everything that was begun is there. @throws the first error of what nobody awaited */
export async function allShown(): Promise<void> {
  for (let next = begun.shift(); next; next = begun.shift()) {
    const { awaited } = next;
    await next.catch((error) => {
      if (!awaited) throw error;
    });
  }
}
