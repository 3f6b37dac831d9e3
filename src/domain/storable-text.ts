/** A text with U+FFFD in place of what PostgreSQL cannot hold: NUL, and half characters. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
