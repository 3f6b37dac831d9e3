import { createLineEnder } from './to-crlf.ts';

const csv = 'date,name\n2026-01-05,"two\nlines, ""said"" ß"\n2026-01-06,plain\n';
const expected = 'date,name\r\n2026-01-05,"two\nlines, ""said"" ß"\r\n2026-01-06,plain\r\n';

test('lines end as RFC 4180 wants them, wherever the pieces break, and values stay as they are', () => {
  const bytes = Buffer.from(csv);
  for (let at = 0; at <= bytes.length; at++) {
    const ender = createLineEnder();
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)].map((piece) => ender.next(piece));
    expect(Buffer.concat(pieces).toString()).toBe(expected);
    expect(ender.lines).toBe(3);
  }
});
