/** A mail in words: plain text, from which both its parts are made. */
export interface WrittenLetter {
  subject: string;
  /** What lists of mails show beside the subject. */
  preview: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  /** Said last, in small print. */
  footnote: string;
}

/** Addresses in the web application that mails lead to. What follows `#` is sent to no server, and so in no log. */
export interface Links {
  acceptInvitation(token: string): string;
  resetPassword(token: string): string;
  openFile(id: string): string;
  listErasures(): string;
  listAlerts(): string;
}

/** @param appUrl of the web application. */
export function linksTo(appUrl: string): Links {
  const base = appUrl.replace(/\/$/, '');
  return {
    acceptInvitation: (token) => `${base}/accept-invitation#token=${token}`,
    resetPassword: (token) => `${base}/reset-password#token=${token}`,
    openFile: (id) => `${base}/files#id=${id}`,
    listErasures: () => `${base}/erasures`,
    listAlerts: () => `${base}/alerts`,
  };
}

/** An instant as people write it, with the zone that it is meant in. */
export function spellInstant(instant: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(instant));
  return `${text} (${timeZone})`;
}
