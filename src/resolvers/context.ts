import type { EntityManager } from '@mikro-orm/postgresql';
import { noteTokenUse } from '../domain/audit-log/note-token-use.ts';
import type { Actor, Origin } from '../domain/audit-log/record-change.ts';
import { DomainError } from '../domain/errors.ts';
import type { HealthComponent } from '../domain/health/component.ts';
import { organizationChecks } from '../domain/health/organization-checks.ts';
import { requireScope, type Tenant, type Viewer } from '../domain/identity/viewer.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { rehearse } from '../domain/rehearse.ts';
import { type Outbox, openOutbox } from '../jobs/enqueue.ts';
import type { Authenticator, GraphServices, OpenReading, SignedIn } from './graph-services.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/**
 * What one GraphQL operation works with.
 *
 * A query reads in one transaction, opened at its first read: every number of its answer comes from one
 * instant. A mutation has one per root field, and what it selects of its payload is read afterwards.
 */
export class GraphContext {
  readonly services: GraphServices;
  readonly origin: Origin;
  readonly token: string | null;
  private identity: Promise<Viewer> | undefined;
  private reading: Promise<OpenReading> | undefined;
  private currentLoaders: Loaders | undefined;
  private findings: Promise<{ components: HealthComponent[]; checkedAt: Date }> | undefined;
  private knownCaller: Viewer | undefined;
  private isClosed = false;
  private mayLag = false;

  constructor(services: GraphServices, origin: Origin, token: string | null) {
    this.services = services;
    this.origin = origin;
    this.token = token;
  }

  /** Who asks. @throws {DomainError} UNAUTHENTICATED. */
  viewer(): Promise<Viewer> {
    this.identity ??= this.noteCaller(
      (async () => this.services.authenticator.authenticate(this.requireToken()))(),
    );
    return this.identity;
  }

  private noteCaller(identity: Promise<Viewer>): Promise<Viewer> {
    identity.then(
      (viewer) => {
        this.knownCaller = viewer;
        noteTokenUse(this.services.security, viewer, this.origin);
      },
      () => undefined,
    );
    return identity;
  }

  /** @throws {DomainError} UNAUTHENTICATED, RATE_LIMITED. */
  async signIn(
    prove: (authenticator: Authenticator, origin: Origin) => Promise<SignedIn>,
  ): Promise<SignedIn> {
    const signedIn = await prove(this.services.authenticator, this.origin);
    this.knownCaller = signedIn.viewer;
    return signedIn;
  }

  /** Who asks, where that was found out: by a token, or by signing in. */
  get caller(): Viewer | undefined {
    return this.knownCaller;
  }

  private requireToken(): string {
    if (!this.token) {
      const message = 'Sign in first, and send the token: `authorization: Bearer ...`.';
      throw new DomainError('UNAUTHENTICATED', message);
    }
    return this.token;
  }

  /** The operation's read transaction. @throws {DomainError} UNAUTHENTICATED; FORBIDDEN (scope). */
  async em(): Promise<EntityManager> {
    // An error can end an operation while some of its fields are still being resolved.
    if (this.isClosed) throw new Error('The operation is over');
    this.reading ??= this.beginReading();
    return (await this.reading).em;
  }

  private async beginReading(): Promise<OpenReading> {
    const { authenticator, database } = this.services;
    // A query that nobody has been identified for yet finds out by what it reads with.
    const opening =
      this.mayLag && !this.identity ? authenticator.openReading(this.requireToken()) : null;
    if (opening) {
      this.identity = this.noteCaller(opening.then(({ viewer }) => viewer));
      return (await opening).reading;
    }
    const viewer = await this.viewer();
    requireScope(viewer, 'READ');
    return database.beginRead(viewer, this.mayLag);
  }

  /** Say that the operation is a query: it waits for no change of its own, and a replica may answer it. */
  allowLag(): void {
    this.mayLag = true;
  }

  get loaders(): Loaders {
    this.currentLoaders ??= createLoaders(() => this.em(), this.services.cipher);
    return this.currentLoaders;
  }

  /** Change something, in a transaction of its own; what is added to the outbox is sent once it commits. */
  async mutate<T>(fn: (em: EntityManager, actor: Actor, outbox: Outbox) => Promise<T>): Promise<T> {
    // The payload of the field before this one is answered: were its reading left open, each of several
    // operations could hold one connection and wait for ever for a second.
    await this.endReading();
    const actor = { ...(await this.viewer()), origin: this.origin };
    return this.changeIn(actor, (em, outbox) => fn(em, actor, outbox));
  }

  /** Change something, tell what comes of it, and leave everything as it was. */
  rehearse<T>(fn: (em: EntityManager, actor: Actor) => Promise<T>): Promise<T> {
    return rehearse((change) => this.mutate<never>(change), fn);
  }

  /** Change something in a tenant, whoever asks. */
  async changeIn<T>(
    tenant: Tenant,
    fn: (em: EntityManager, outbox: Outbox) => Promise<T>,
  ): Promise<T> {
    const { result, jobRunIds } = await this.services.database.withTenant(tenant, async (em) => {
      const outbox = openOutbox(em, this.services.tracing.position());
      return { result: await fn(em, outbox), jobRunIds: outbox.jobRunIds };
    });
    await this.services.send(jobRunIds);
    return result;
  }

  /** Read once in a transaction of its own. */
  async readNow<T>(fn: (em: EntityManager) => Promise<T>): Promise<T> {
    await this.endReading();
    return this.services.database.withTenant(await this.viewer(), fn);
  }

  /** A job as it is now, as whom the token stands for by now: for one state of a subscription. */
  async readJobRun(id: string): Promise<JobRun | null> {
    this.identity = undefined;
    await this.endReading();
    return this.services.readJobRun(this.requireToken(), id);
  }

  /** Read as whom the token stands for by now: for one state of a subscription. */
  async readAnew<T>(fn: (em: EntityManager, viewer: Viewer) => Promise<T>): Promise<T> {
    this.identity = undefined;
    await this.endReading();
    const viewer = await this.viewer();
    return this.services.database.withTenant(viewer, (em) => fn(em, viewer));
  }

  /** How the installation does, and the organization's work: looked at once, however often it is asked for. */
  health(): Promise<{ components: HealthComponent[]; checkedAt: Date }> {
    this.findings ??= this.checkHealth();
    return this.findings;
  }

  private async checkHealth() {
    const viewer = await this.viewer();
    const { database, health, platforms, cipher } = this.services;
    const mayTry = (id: string) => this.mayTryKey(id);
    const trial = { platforms, cipher, mayTry };
    const own = organizationChecks((fn) => database.withTenant(viewer, fn), trial);
    return { components: await health.check(own), checkedAt: new Date() };
  }

  /** Whoever asks, a key is tried once in a while. */
  private async mayTryKey(id: string): Promise<boolean> {
    const { auditPolicy, rateLimiter } = this.services;
    const limit = { name: 'health-keys', points: 1, seconds: auditPolicy.keyTrialSeconds };
    try {
      await rateLimiter.consume(limit, id);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** Break the operation's reading off: nobody waits for it any more, or it took too long. */
  abandon(): void {
    this.isClosed = true;
    this.reading?.then((reading) => reading.abandon()).catch(() => undefined);
  }

  /** End the operation for good. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.endReading();
  }

  /** End the operation's reading; a later read sees a later instant. */
  async endReading(): Promise<void> {
    const reading = this.reading;
    this.reading = undefined;
    this.currentLoaders = undefined;
    // One that broke with its connection has ended as well.
    await reading?.then((transaction) => transaction.end()).catch(() => undefined);
  }
}
