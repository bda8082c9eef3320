export type Span = (from: number, to: number) => void;

/** A drag over the chart shows the span that it covers; a finger scrolls, and has the buttons. */
export function listenToDrags(place: HTMLElement, shown: () => [number, number], span: Span): void {
  const band = document.createElement('div');
  band.className = 'band';
  band.hidden = true;
  place.append(band);
  let start: number | undefined;
  const plot = () => place.querySelector('.concat_2_group .background')!.getBoundingClientRect();
  const at = (x: number) => {
    const [{ left, width }, [from, to]] = [plot(), shown()];
    return from + Math.min(1, Math.max(0, (x - left) / width)) * (to - from);
  };
  place.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    start = event.clientX;
    event.preventDefault();
  });
  window.addEventListener('pointermove', ({ clientX }) => {
    if (start === undefined) return;
    const left = place.getBoundingClientRect().left - place.scrollLeft;
    band.hidden = false;
    band.style.left = `${Math.min(start, clientX) - left}px`;
    band.style.width = `${Math.abs(clientX - start)}px`;
  });
  window.addEventListener('pointerup', ({ clientX }) => {
    if (start !== undefined && Math.abs(clientX - start) > 4) {
      span(Math.min(at(start), at(clientX)), Math.max(at(start), at(clientX)));
    }
    start = undefined;
    band.hidden = true;
  });
}
