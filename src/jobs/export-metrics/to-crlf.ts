const quote = 0x22;

/** Ends lines as RFC 4180 wants them, and counts them, as CSV passes in pieces. */
export interface LineEnder {
  /** Lines that have ended so far. */
  lines: number;
  next(piece: Buffer): Buffer;
}

/** PostgreSQL ends lines of CSV with a line feed alone; those within quotes are part of a value, and stay. */
export function createLineEnder(): LineEnder {
  let isQuoted = false;
  const ender: LineEnder = {
    lines: 0,
    next(piece) {
      // Latin-1 keeps every byte as it is, and is replaced in at the speed of memory.
      const text = piece.toString('latin1');
      const ended = piece.includes(quote) || isQuoted ? endUnquoted(text) : endLines(text);
      ender.lines += ended.length - text.length;
      return Buffer.from(ended, 'latin1');
    },
  };
  const endUnquoted = (text: string): string =>
    text
      .split('"')
      .map((part, index) => {
        if (index > 0) isQuoted = !isQuoted;
        return isQuoted ? part : endLines(part);
      })
      .join('"');
  return ender;
}

function endLines(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
