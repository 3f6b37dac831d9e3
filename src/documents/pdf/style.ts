import type { Brand } from '../../domain/document/document.ts';

/** Sizes of an A4 page, in points. */
export const page = { margin: 40, width: 515, landscapeWidth: 762 };

/** What every part of a document is drawn with. */
export interface Style extends Pick<Brand, 'primaryColor' | 'accentColor'> {
  locale: string;
  /** Points between the margins. */
  width: number;
}

export const muted = '#667085';
export const line = '#d0d5dd';
export const shade = '#f5f6f8';

export function heading(text: string, { primaryColor }: Style) {
  return {
    ...{ text, bold: true, fontSize: 14, color: primaryColor, headlineLevel: 1 },
    margin: [0, 18, 0, 8] as [number, number, number, number],
  };
}
