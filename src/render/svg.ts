/** Width and height of an SVG in px. */
export function sizeOf(svg: string): [number, number] {
  const found = /<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/.exec(svg);
  if (!found) throw new Error('the SVG does not say how large it is');
  return [Number(found[1]), Number(found[2])];
}
