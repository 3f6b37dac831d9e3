/** Where mails go, from whom, and where their links lead. */
export interface MailConfig {
  /** Unset: mails are files. */
  smtpUrl: string | undefined;
  /** `Name <email>`, or an email alone. */
  from: string;
  /** Whether a mail may only leave encrypted, to a server whose certificate is checked. */
  requiresTls: boolean;
  /** The web application that links open. */
  appUrl: string;
  /** Where mails land as files. */
  folder: string;
}
