import type { Page } from 'playwright-core';

/** Waits until the explorer has counted operations, and until it stands still. Returns what it says. */
export async function counted(page: Page): Promise<string> {
  await page.waitForFunction(() => / operations$/.test(document.getElementById('count')!.textContent!));
  let before = '';
  for (;;) {
    const now = (await page.locator('#count').textContent())!;
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(300);
  }
}

/**
 * Drags over the first chart of the explorer, from a third of its width on, a step at a time.
 * @returns how long each step took to be counted, ms; the first brings with it what later ones are counted from
 */
export async function brush(page: Page, steps: number): Promise<number[]> {
  const overlay = (await page.locator('#overview .overlay').first().boundingBox())!;
  const y = overlay.y + overlay.height / 2;
  const from = overlay.x + overlay.width / 3;
  await page.mouse.move(from, y);
  await page.mouse.down();
  const times: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const changed = page.evaluate(
      () =>
        new Promise<void>((done) => {
          const count = document.getElementById('count')!;
          const seen = new MutationObserver(() => {
            seen.disconnect();
            done();
          });
          seen.observe(count, { childList: true, characterData: true, subtree: true });
          setTimeout(done, 20_000);
        }),
    );
    const start = performance.now();
    await page.mouse.move(from + step * 4, y);
    await changed;
    times.push(performance.now() - start);
  }
  await page.mouse.up();
  return times;
}
