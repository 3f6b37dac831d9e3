import type { Client } from '../../src/domain/client/client.entity.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import type { Role } from '../../src/domain/identity/membership.entity.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { endMail } from '../../src/domain/mail/end-mail.ts';
import type { SealedLetter } from '../../src/domain/mail/queue-mail.ts';
import type { Authenticator } from '../../src/resolvers/graph-services.ts';
import { type Agency, addClient, createAgency } from './agency.ts';
import { type Answer, ask } from './ask.ts';
import { openAuthenticator } from './authenticator.ts';
import { createGraph } from './graph.ts';

/** Everybody's, until they change it. */
export const password = 'seven wooden ducklings';

/** A member, as whom the graph can be asked. */
interface Member extends Viewer {
  userId: string;
  email: string;
  membershipId: string;
}

/** An agency, the people who join and leave it, and the mails that they get. */
export interface People
  extends Pick<Awaited<ReturnType<typeof openAuthenticator>>, 'authenticate'> {
  agency: Agency;
  /** Whom a CLIENT is bound to. */
  client: Client;
  signIn(email: string, password: string): ReturnType<Authenticator['signIn']>;
  addMember(role: Role, tenant?: Agency['tenant']): Promise<Member>;
  /** What an answer holds, or which error it is. */
  told(viewer: Viewer, text: string, variables?: object): Promise<Answer>;
  /** The same at once, each on a graph of its own: one is asked one thing at a time. */
  toldAtOnce(questions: [viewer: Viewer, text: string, variables: object][]): Promise<Answer[]>;
  /** Do to what an id names; `selection` is of the payload. */
  byId(viewer: Viewer, mutation: string, id: string, selection: string): Promise<Answer>;
  invite(viewer: Viewer, input: object): Promise<Answer>;
  accept(input: object): Promise<Answer>;
  rows<Row extends object>(
    sql: string,
    values?: unknown[],
    tenant?: Agency['tenant'],
  ): Promise<Row[]>;
  /** The letters that wait to be sent to an email, the latest last. */
  lettersTo(email: string): Promise<(SealedLetter['letter'] & { id: string; token: string })[]>;
  /** What the link proves its reader with that was last mailed to an email. */
  tokenTo(email: string): Promise<string>;
  /** End a mail as its job would, once the server took it. */
  markSent(mailId: string): Promise<void>;
  /** What the audit log says was done to something, in order. */
  actions(entityId: string): Promise<string[]>;
  /** What was put off until after an answer is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function gatherPeople(): Promise<People> {
  const agency = await createAgency();
  const [graph, authenticator, client] = await Promise.all([
    createGraph(agency),
    openAuthenticator(agency),
    addClient(agency),
  ]);
  let made = 0;

  const rows: People['rows'] = (sql, values = [], tenant = agency.tenant) =>
    agency.database.withTenant(tenant, (em) => em.execute(sql, values));
  const toldBy = async (each: typeof graph, viewer: Viewer, text: string, variables: object) => {
    const { data, error } = await ask(each, viewer, text, variables);
    const { code, fields, message } = (error ?? {}) as Answer;
    return error ? { code, fields, message } : (Object.values(data)[0] as Answer);
  };
  const told: People['told'] = (viewer, text, variables = {}) =>
    toldBy(graph, viewer, text, variables);
  const lettersTo: People['lettersTo'] = async (email) => {
    const mails = await rows<{ id: string; letter_ciphertext: string }>(
      `select id, letter_ciphertext from mails where status = 'QUEUED' order by created_at`,
    );
    return mails.flatMap(({ id, letter_ciphertext }) => {
      const { to, letter } = JSON.parse(agency.cipher.decrypt(letter_ciphertext)) as SealedLetter;
      return to === email ? [{ id, ...letter, token: 'token' in letter ? letter.token : '' }] : [];
    });
  };

  return {
    agency,
    client,
    signIn: (email, secret) =>
      authenticator.signIn({ email, password: secret }, agency.actor.origin),
    authenticate: authenticator.authenticate,
    async addMember(role, { organizationId } = agency.tenant) {
      made += 1;
      const email = `${role.toLowerCase()}-${made}@agency.example`;
      const clientIds = role === 'CLIENT' ? [client.id] : null;
      const tenant = { organizationId, clientIds: null };
      const user = await agency.database.withTenant(tenant, (em) =>
        createUser(em, agency.cipher, {
          ...tenant,
          email,
          password,
          role,
          clientIds: clientIds ?? [],
        }),
      );
      const sql = 'select id from memberships where user_id = ?';
      const [row] = await rows<{ id: string }>(sql, [user.id], tenant);
      return {
        organizationId,
        clientIds,
        userId: user.id,
        email,
        role,
        membershipId: row?.id ?? '',
      };
    },
    told,
    async toldAtOnce(questions) {
      const graphs = await Promise.all(questions.map(() => createGraph(agency)));
      const answers = await Promise.all(
        graphs.map((each, index) =>
          toldBy(each, ...(questions[index] as [Viewer, string, object])),
        ),
      );
      await Promise.all(graphs.map((each) => each.close()));
      return answers;
    },
    byId: (viewer, mutation, id, selection) =>
      told(viewer, `mutation ($id: ID!) { ${mutation}(id: $id) { ${selection} } }`, { id }),
    invite: (viewer, input) =>
      told(
        viewer,
        `mutation ($input: InviteUserInput!) { inviteUser(input: $input) {
           invitation { id email role status mailStatus clients { name } } } }`,
        { input },
      ),
    accept: (input) =>
      told(
        agency.actor,
        'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email } }',
        { input },
      ),
    rows,
    lettersTo,
    tokenTo: async (email) => (await lettersTo(email)).at(-1)?.token ?? '',
    markSent: (mailId) =>
      agency.database.withTenant(agency.tenant, (em) => endMail(em, mailId, 'SENT')),
    async actions(entityId) {
      const sql = 'select action from audit_log where entity_id = ? order by at';
      return (await rows<{ action: string }>(sql, [entityId])).map(({ action }) => action);
    },
    settled: graph.settled,
    async close() {
      await Promise.all([graph.close(), authenticator.close()]);
      await agency.close();
    },
  };
}
