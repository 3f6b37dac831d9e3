/** Something about a job run changed: only that, and how new it is; who may see it reads it themselves. */
interface JobNotice {
  jobRunId: string;
  sequence: number;
  /** Somebody wants its end: its worker should look now. */
  isWish: boolean;
}

/** Alerts of an organization began, were seen to, or ended: only that. */
interface AlertNotice {
  alertsOf: string;
}

export type Notice = JobNotice | AlertNotice;

/** Carries notices between processes. One may be lost: listeners also re-read from time to time. */
export interface Announcer {
  /** Never fails: what it tells of has already happened. */
  announce(notice: Notice): Promise<void>;
  /** @returns how to stop listening. */
  listen(onNotice: (notice: Notice) => void): () => void;
  close(): Promise<void>;
}
