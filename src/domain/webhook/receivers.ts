/** Why an address is none that may be sent to. */
export type UrlRefusal = 'SCHEME' | 'CREDENTIALS' | 'ADDRESS';

/** What came of a request to a receiver: its status, or why there is none, in words for people. */
export type ReceiverAnswer = { status: number; error: null } | { status: null; error: string };

/** Servers of others that are told of what happens: nothing that they say is read but their status. */
export interface WebhookReceivers {
  /** @returns why nothing may be sent there; null where nothing speaks against it, as far as the address itself tells. */
  refusalOf(url: URL): UrlRefusal | null;
  /**
   * Post once; redirects are not followed.
   *
   * @throws the reason of the signal, where that is aborted; nothing else.
   */
  post(
    url: string,
    request: { headers: Record<string, string>; body: string },
    signal: AbortSignal,
  ): Promise<ReceiverAnswer>;
}
