declare module 'fontkit' {
  /** An open font. */
  export interface Font {
    /** None in a collection of fonts. */
    familyName?: string;
  }

  export function openSync(file: string): Font;
}
