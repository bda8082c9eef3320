declare module 'fontkit' {
  /** An open font, as pdfkit takes it. */
  export function openSync(file: string): { layout(text: string): unknown };
}
