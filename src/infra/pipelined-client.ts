import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Client, type ClientConfig, type PoolClient, type QueryResult, type Submittable } from 'pg';
import type { TraceStatement } from './trace-statements.ts';

/** What a pool makes its connections with. */
export interface PipelinedClientConfig extends ClientConfig {
  traceStatement?: TraceStatement | undefined;
  /** Told of every statement as it is sent. */
  onStatement?: ((sql: string) => void) | undefined;
}

/** Told which connection the statements of the code that runs within it go to. */
const asking = new AsyncLocalStorage<(client: PipelinedClient) => void>();

/** Run what takes a connection of a pool. @returns the connection. */
export async function connectionOf(take: () => Promise<unknown>): Promise<PipelinedClient> {
  const taken = Promise.withResolvers<PipelinedClient>();
  await asking.run(taken.resolve, take);
  return taken.promise;
}

/**
 * A connection that waits for no answer that nobody needs.
 *
 * Statements are sent as they come and answered in order, so that the loaders of an operation, which share its
 * transaction, share its round trips too. What opens a transaction that only reads (its beginning, then its
 * settings) is held back and sent together with the first statement, or never where there is none; a rollback is not
 * waited for, and goes out with what comes next, if that comes soon. Statements with parameters are prepared, once
 * per connection.
 *
 * One that is lost gives itself back to its pool, which drops it: kysely does so only after a rollback that
 * succeeded, and so, after a restart of the database, would have used up the pool.
 */
export class PipelinedClient extends Client {
  private readonly trace: TraceStatement;
  private readonly told: (sql: string) => void;
  /** What opens the transaction that is about to begin. */
  private opening: string[] = [];
  /** Fails where the transaction could not be opened. */
  private opened: Promise<unknown> = Promise.resolve();
  /** Sends the rollback that is held back. */
  private rollback: NodeJS.Timeout | undefined;
  private isGathering = false;
  /** Whether a statement has failed since the transaction began. */
  private hasFailed = false;
  /** What aborted the transaction: all that is asked in it afterwards fails with that. */
  private transaction: { failure?: unknown } = {};

  constructor(config: PipelinedClientConfig = {}) {
    super(config);
    this.isPipelined = true;
    this.trace = config.traceStatement ?? ((_, run) => run());
    this.told = config.onStatement ?? (() => undefined);
    this.on('end', () => {
      const pooled = this as unknown as PoolClient;
      try {
        pooled.release?.(new Error('The connection was lost'));
      } catch {
        // Nobody was using it.
      }
      pooled.release = () => undefined;
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: `pg` overloads `query` six ways; all are passed on.
  override query(...args: any[]): any {
    asking.getStore()?.(this);
    const [statement, values = [], callback] = args;
    if (typeof statement?.submit === 'function') return this.copy(statement as Submittable);
    if (typeof values === 'function' || typeof callback === 'function') {
      this.open();
      return Client.prototype.query.apply(this, args as never);
    }
    const text: string = typeof statement === 'string' ? statement : statement.text;
    if (anyBeginning.test(text)) this.transaction = {};
    if (isOpening(text, this.opening)) {
      // What was left open before, and given back, is not opened for anyone else.
      if (beginning.test(text)) this.opening = [];
      this.opening.push(text);
      return Promise.resolve(nothing);
    }
    const isRollback = text === 'rollback';
    if (this.opening.length > 0 && (isRollback || text === 'commit')) {
      this.opening = [];
      return Promise.resolve(nothing);
    }
    // After a failure it tells whether there still is a connection to give back.
    if (isRollback && !this.hasFailed) {
      this.rollback ??= setTimeout(() => this.open(), longestHeldMs).unref();
      return Promise.resolve(nothing);
    }
    // What was refused at its opening ends with it, for this and whoever has the connection next.
    if (isRollback) this.opened = Promise.resolve();
    this.gather();
    this.open();
    return this.noteFailure(this.trace(text, () => this.send(text, values)));
  }

  /**
   * Open the transaction that was begun, with a statement of its own: it tells something without which nothing else
   * that is asked in it is answered.
   *
   * @param read makes of its row what it tells. What it throws is what everything else fails with too.
   */
  openWith<Row, T>(text: string, values: unknown[], read: (row: Row | undefined) => T): Promise<T> {
    const told = this.query(text, values).then(({ rows }: { rows: Row[] }) => read(rows[0]));
    this.opened = told;
    told.catch(() => undefined);
    return told;
  }

  /** Close it at once, whatever it is doing. */
  abandon(): void {
    this.connection.stream.destroy();
  }

  private noteFailure<T>(answer: Promise<T>): Promise<T> {
    const { transaction } = this;
    return answer.catch((error) => {
      this.hasFailed = true;
      if (outdated.has(error.code)) this.abandon();
      if (error.code !== aborted) transaction.failure = error;
      throw transaction.failure ?? error;
    });
  }

  /** Send what is asked for at once in one message: each costs as much as a small statement. */
  private gather(): void {
    const { stream } = this.connection;
    if (this.isGathering) return;
    this.isGathering = true;
    stream.cork();
    process.nextTick(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }

  private send(text: string, values: unknown[]): Promise<QueryResult> {
    this.told(text);
    const answer =
      values.length === 0 ? super.query(text) : super.query({ ...nameOf(text), text, values });
    // Without its settings a transaction sees nothing, which must not pass for an answer.
    return Promise.all([answer, this.opened]).then(([result]) => result);
  }

  private open(): void {
    clearTimeout(this.rollback);
    const held = [...(this.rollback ? ['rollback'] : []), ...this.opening];
    if (held.length === 0) return;
    const text = held.join('; ');
    this.rollback = undefined;
    this.opening = [];
    this.told(text);
    this.hasFailed = false;
    this.opened = this.trace(text, () => super.query(text));
    this.dropOnFailure(this.opened);
  }

  private dropOnFailure(answer: Promise<unknown>): void {
    answer.catch(() => this.abandon());
  }

  private set isPipelined(pipeline: boolean) {
    // Read by `pg` before each statement; its own option would be lost with a copy of a pool's options.
    (this as { pipeline: boolean }).pipeline = pipeline;
  }

  /** COPY has the connection to itself until it ends. */
  private copy<T extends Submittable>(stream: T): T {
    this.open();
    this.isPipelined = false;
    this.once('drain', () => {
      this.isPipelined = true;
    });
    return super.query(stream);
  }
}

/** How long a rollback waits for something to go out with: each message costs as much as a small statement. */
const longestHeldMs = 5;

const nothing = { rows: [], rowCount: 0, command: '', fields: [] };

/** Only reads: what would change something is not sent before its transaction stands. */
const beginning = /^start transaction\b.*\bread only$/i;

const anyBeginning = /^(begin|start transaction)\b/i;

function isOpening(text: string, opening: string[]): boolean {
  return beginning.test(text) || (opening.length > 0 && text.startsWith('select set_config('));
}

/** That a prepared statement is no longer what it was, after a change of its tables, or is not there at all. */
const outdated = new Set(['0A000', '26000']);

/** That the transaction was aborted by a failure before. */
const aborted = '25P02';

const names = new Map<string, string>();
const mostNames = 500;

/**
 * The name that a statement is prepared under; none where there are too many: texts are few, since their values
 * are parameters, but what callers can make up as they go must not pile up in each connection.
 */
function nameOf(text: string): { name: string } | undefined {
  let name = names.get(text);
  if (!name) {
    if (names.size >= mostNames) return undefined;
    name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
  }
  return { name };
}
