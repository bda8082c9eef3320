/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}

export function select(id: string): HTMLSelectElement {
  return byId(id) as HTMLSelectElement;
}

export function checkbox(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}

export function number(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}

export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}
