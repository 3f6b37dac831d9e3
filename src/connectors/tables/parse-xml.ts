import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { badInput } from '../../domain/errors.ts';

/** What is done with the elements of an XML file, named without their prefixes. */
export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Beyond these it is no workbook: read on, one element would fill the memory. */
const longestText = 1_000_000;
const deepest = 100;

/**
 * Parse XML as a stream.
 *
 * @returns what yields after each piece, so that the caller can hand on what came of it.
 * @throws {DomainError} BAD_USER_INPUT when it is not well-formed, or an element is beyond measure.
 */
export async function* parseXml(
  bytes: AsyncIterable<Buffer>,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  let sinceElement = 0;
  let depth = 0;
  parser.on('error', (cause) => {
    throw badInput(`This XLSX file is damaged: save it again. (${cause.message.slice(0, 100)})`);
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    sinceElement = 0;
    if (++depth > deepest) throw badInput('This XLSX file is no workbook: its parts are too deep.');
    open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceElement = 0;
    depth -= 1;
    close?.(local(name));
  });
  if (text) parser.on('text', text);
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    sinceElement += chunk.length;
    parser.write(decoder.decode(chunk, { stream: true }));
    if (sinceElement > longestText + chunk.length) {
      throw badInput('A cell of this XLSX file has more than a million characters.');
    }
    yield;
  }
  parser.close();
  yield;
}
