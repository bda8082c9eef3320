declare module 'fontkit' {
  /** The glyphs of a text and where each stands. */
  export interface GlyphRun {
    positions: object[];
  }

  /** An open font, as pdfkit takes it. */
  export interface Font {
    /** None in a collection of fonts. */
    familyName?: string;
    layout(text: string, features?: unknown): GlyphRun;
    /** Glyphs by their number, with the characters of the text that they were first read for. */
    _glyphs: object;
  }

  export function openSync(file: string): Font;
}
