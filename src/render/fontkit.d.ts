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
  }

  export function openSync(file: string): Font;
}
