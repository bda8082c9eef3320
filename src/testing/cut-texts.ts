import type { Page } from 'playwright-core';

/** The texts of an SVG that reach beyond its edge where none of its fonts is there and the one that is, is wide. */
export async function cutTexts(page: Page, svg: string): Promise<string[]> {
  const wide = svg.replaceAll(/font-family="[^"]*"/g, 'font-family="monospace"');
  await page.setContent(`<body style="margin: 100px">${wide}`);
  return page.evaluate(() => {
    const edge = document.querySelector('svg')!.getBoundingClientRect();
    const texts = [...document.querySelectorAll('svg text')];
    const isCut = ({ left, right }: DOMRect) => left < edge.left - 1 || right > edge.right + 1;
    return texts.filter((text) => isCut(text.getBoundingClientRect())).map((text) => text.textContent ?? '');
  });
}
