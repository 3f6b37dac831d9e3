import { messageOf } from '../output.ts';

/** What one look found; a cure where something is to be done. */
export interface Check {
  what: string;
  status: 'OK' | 'WARN' | 'FAIL';
  finding: string;
  cure?: string;
}

export const ok = (what: string, finding: string): Check => ({ what, status: 'OK', finding });

export const warn = (what: string, finding: string, cure: string): Check => ({
  ...{ what, status: 'WARN', finding, cure },
});

export const fail = (what: string, finding: string, cure: string): Check => ({
  ...{ what, status: 'FAIL', finding, cure },
});

/** Look, and take a failure to look as what was found. */
export async function look(
  what: string,
  cure: string,
  find: () => Promise<Check | Check[]>,
): Promise<Check[]> {
  try {
    return [await find()].flat();
  } catch (error) {
    return [fail(what, withoutPasswords(messageOf(error)), cure)];
  }
}

/** Addresses may be part of a message. */
function withoutPasswords(text: string): string {
  return text.replaceAll(/(\w+:\/\/[^:/@\s]*):[^@\s]+@/g, '$1:***@');
}
