import type { Client } from '../../src/domain/client/client.entity.ts';
import { parseGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { eraseSubject } from '../../src/jobs/erase-subject.job.ts';
import { exportClientData } from '../../src/jobs/export-client-data.job.ts';
import { exportUserData } from '../../src/jobs/export-user-data.job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import { addClient, addFeed } from './agency.ts';
import { openFileDoor } from './file-door.ts';
import { createLoader } from './loader.ts';
import { gatherPeople, password } from './people.ts';
import { surfsideFile, surfsideRow } from './surfside-file.ts';
import { runAs } from './test-services.ts';

const jobs = [ingestFeed, exportClientData, exportUserData, eraseSubject, runUpkeep];
const formula = '@SUM(1+1)';

/** People with a client's data, the jobs that export and erase them, and the door to what is exported. */
export async function openDataProtection() {
  const people = await gatherPeople();
  const { agency } = people;
  const door = await openFileDoor(agency);
  const loader = await createLoader(agency, jobs as unknown as JobDefinition[]);

  const signedIn = async (email: string, secret = password): Promise<Viewer> =>
    (await people.signIn(email, secret)).viewer;

  /** Have a job done that a mutation put on its way. */
  const done = async (jobRun: { id: string }) => {
    const id = parseGlobalId(jobRun.id)?.id ?? jobRun.id;
    await loader.rig.send(id);
    return loader.rig.ended(id);
  };

  /** A day with a creative that a spreadsheet would run, and a row that is no row. */
  const loadDay = async (client: Client, campaign = client.name) => {
    const feed = await addFeed(agency, client);
    const rows = [
      surfsideRow({ campaign, creative: formula }),
      surfsideRow({ campaign, clicks: -1 }),
    ];
    await agency.bucket.put('report-2026-03-01.csv', surfsideFile('2026-03-01', rows));
    await loader.load(feed, '2026-03-01');
  };

  const acme = await addClient(agency, 'Acme Limited');
  await loadDay(acme);
  return {
    people,
    door,
    rig: loader.rig,
    /** As people sign in, with a session. */
    owner: await signedIn(agency.owner.email, agency.owner.password),
    acme,
    asRoot: <Row extends object>(sql: string) => runAs<Row>(agency.urls.superuserUrl, sql),
    signedIn,
    done,
    loadDay,
    upkeep: async () => done({ id: await loader.rig.add(runUpkeep, {}) }),
    async close() {
      await Promise.all([loader.close(), door.close()]);
      await people.close();
    },
  };
}

export type DataProtection = Awaited<ReturnType<typeof openDataProtection>>;
