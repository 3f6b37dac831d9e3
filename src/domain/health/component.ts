export const healthStatuses = ['OK', 'DEGRADED', 'FAILING', 'UNKNOWN'] as const;
export type HealthStatus = (typeof healthStatuses)[number];

export const healthUnits = ['MILLISECONDS', 'SHARE', 'COUNT', 'HOURS'] as const;

export const healthComponentNames = [
  'DATABASE',
  'QUEUE',
  'QUEUE_MEMORY',
  'STORAGE',
  'WORKERS',
  'DATA_DISK',
  'TEMPORARY_DISK',
  'MEMORY',
  'STUCK_JOBS',
  'FAILED_JOBS',
  'FEEDS',
  'PLATFORM',
  'ANSWER_PLATFORM',
  'EMERGENCY',
] as const;

/** One thing that must work, and how it does. */
export interface HealthComponent {
  name: (typeof healthComponentNames)[number];
  /** The source that a PLATFORM or an ANSWER_PLATFORM is of. */
  source: string | null;
  status: HealthStatus;
  /** What was measured, in `unit`. */
  value: number | null;
  /** A value above is no longer OK. */
  limit: number | null;
  unit: (typeof healthUnits)[number] | null;
  /** How many jobs, feeds or calls are at fault, where the value is no count of them. */
  affected: number | null;
  message: string | null;
  /** When a call to a PLATFORM last succeeded. */
  lastSuccessAt: Date | null;
  observedAt: Date;
}

/** What a check found; what it leaves out is null. */
export type Finding = Pick<HealthComponent, 'status'> &
  Partial<Omit<HealthComponent, 'name' | 'status' | 'observedAt'>>;

/** How a component is found out about. */
export interface HealthCheck {
  name: HealthComponent['name'];
  /** What it is when the check throws, or takes longer than `checkWithinMs`. */
  unanswered: 'FAILING' | 'UNKNOWN';
  /** @param signal tells when it is waited for no more. */
  measure(signal: AbortSignal): Promise<Finding | Finding[]>;
}

export const checkWithinMs = 2_000;

/** Above which values a component is DEGRADED, and FAILING; a limit that is null is no limit. */
export interface Limits {
  limit: number | null;
  failingAbove?: number;
}

export function judge(value: number, unit: HealthComponent['unit'], limits: Limits): Finding {
  const { limit, failingAbove = Number.POSITIVE_INFINITY } = limits;
  const isOverLimit = limit !== null && value > limit;
  const status = value > failingAbove ? 'FAILING' : isOverLimit ? 'DEGRADED' : 'OK';
  return { status, value, limit, unit };
}

/** Share of what ended that failed: DEGRADED over 10 %, FAILING over 50 %, UNKNOWN where nothing ended. */
export function judgeFailures(failed: number, ended: number): Finding {
  if (ended === 0) return { status: 'UNKNOWN' };
  const finding = judge(failed / ended, 'SHARE', { limit: 0.1, failingAbove: 0.5 });
  return { ...finding, affected: failed };
}

/** The worst status; what is not known makes nothing worse, and is the whole only where nothing is known. */
export function worstOf(components: readonly { status: HealthStatus }[]): HealthStatus {
  const found = new Set(components.map(({ status }) => status));
  const worstFirst = ['FAILING', 'DEGRADED', 'OK'] as const;
  return worstFirst.find((status) => found.has(status)) ?? 'UNKNOWN';
}
