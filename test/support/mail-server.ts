import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { localhostCertificate } from './localhost-certificate.ts';

/** A mail that a server took. */
interface TakenMail {
  to: string[];
  /** As it came, headers and both parts. */
  raw: string;
  isEncrypted: boolean;
}

/** What a server says to a recipient or a mail, instead of yes. */
interface Refusal {
  at: 'RCPT' | 'DATA';
  code: number;
  /** Only to this recipient. */
  to?: string;
}

/** An SMTP server in this process. */
export interface MailServer {
  port: number;
  /** Without credentials. */
  url: string;
  taken: TakenMail[];
  /** What it says to the next mails, in this order; after that, yes. */
  refusals: Refusal[];
  /** Called once a mail was taken and before the server says so. */
  beforeYes: (() => void | Promise<void>) | undefined;
  close(): Promise<void>;
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const refuse = (at: Refusal['at'], to: string): Error | undefined => {
    const [next] = mails.refusals;
    if (next?.at !== at || (next.to ?? to) !== to) return undefined;
    mails.refusals.shift();
    // Servers repeat whom it was for.
    const words = `${next.code} <${to}> said no`;
    return Object.assign(new Error(words), { responseCode: next.code });
  };
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    hideSTARTTLS: true,
    ...localhostCertificate,
    ...options,
    onRcptTo: ({ address }, _session, done) => done(refuse('RCPT', address)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', async () => {
        const [first] = session.envelope.rcptTo;
        const refusal = refuse('DATA', first?.address ?? '');
        if (refusal) return done(refusal);
        mails.taken.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          isEncrypted: session.secure,
        });
        await mails.beforeYes?.();
        done();
      });
    },
  });
  // Clients that give up leave their connections behind.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const mails: MailServer = {
    port,
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    taken: [],
    refusals: [],
    beforeYes: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mails;
}

/** One part of a mail, decoded. */
export function partOf(raw: string, type: 'text/plain' | 'text/html'): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? 'none';
  const part = raw.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type}`));
  const [head = '', ...body] = (part ?? '').trimStart().split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (head.includes('quoted-printable')) {
    const bytes = text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
  }
  return (head.includes('base64') ? Buffer.from(text, 'base64').toString() : text).replaceAll(
    '\r\n',
    '\n',
  );
}

/** The token of the link that a mail carries. */
export function tokenIn(raw: string): string {
  return /#token=([\w-]+)/.exec(partOf(raw, 'text/plain'))?.[1] ?? '';
}
