import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { databaseNow } from '../database-clock.ts';
import type { Pace } from '../pacer.ts';
import type { AeoAudit } from './aeo-audit.entity.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import type { Release } from './plan-release.ts';
import { costUnits } from './prices.ts';
import type { Stock } from './take-stock.ts';

/** How an audit's answers are released. */
export interface Releasing {
  release: Exclude<Release, { kind: 'WAIT' }>;
  stock: Pick<Stock, 'spent' | 'committed' | 'platforms'>;
  paces: Record<AnswerPlatformName, Pace>;
  /** US dollars that an answer may cost at most; none where no price is known. */
  ceilings: ReadonlyMap<AnswerPlatformName, string>;
  /** Adds the job that asks; returns the id of its run. */
  enqueue(answerId: string, runAt: Date): Promise<string>;
}

/** Who asks a question stands ready for its turn so long before. */
const readyMs = 500;
/** Questions are handed out at such steps, several at once. */
const togetherMs = 200;
/** What it takes about to send one to the queue: the first are due when the most of them are there. */
const sendingMs = 0.2;

interface Chosen {
  id: string;
  platform: AnswerPlatformName;
}

/**
 * Have pending answers of an audit asked for, the most important questions first, and no more of them than its cost cap
 * allows for. Each is due somewhat before its platform's limit lets it be asked.
 *
 * @returns how many, and whether the cost cap came before the others.
 */
export async function releaseAnswers(
  em: EntityManager,
  audit: AeoAudit,
  releasing: Releasing,
): Promise<{ released: number; isCapped: boolean }> {
  const { release, stock, paces, ceilings, enqueue } = releasing;
  const chosen = await choose(em, audit.id, release);
  const affordable = withinCap(chosen, audit.settings.costCap, stock, ceilings);
  if (affordable.length === 0) return { released: 0, isCapped: chosen.length > 0 };
  const sentAt = (await databaseNow(em)).getTime() + affordable.length * sendingMs;
  const places = new Map(stock.platforms.map(({ platform, released }) => [platform, released]));
  const jobs: string[] = [];
  for (const { id, platform } of affordable) {
    const place = places.get(platform) ?? 0;
    places.set(platform, place + 1);
    jobs.push(await enqueue(id, new Date(dueAt(sentAt, place, paces[platform]))));
  }
  // The ORM knows of no relation between the two: the jobs are to be there first.
  await em.flush();
  audit.batch += 1;
  await em.execute(
    `update aeo_answers a
     set status = 'RELEASED', job_run_id = n.job_run_id, batch = ?, cost_ceiling = n.ceiling::numeric
     from unnest(?::uuid[], ?::uuid[], ?::text[]) n (id, job_run_id, ceiling)
     where a.id = n.id`,
    [
      audit.batch,
      arrayLiteral(affordable.map(({ id }) => id)),
      arrayLiteral(jobs),
      arrayLiteral(affordable.map(({ platform }) => ceilings.get(platform) ?? '0')),
    ],
  );
  return { released: affordable.length, isCapped: affordable.length < chosen.length };
}

function choose(
  em: EntityManager,
  auditId: string,
  release: Releasing['release'],
): Promise<Chosen[]> {
  if (release.kind === 'QUESTIONS') {
    return em.execute<Chosen[]>(
      `with open as (
         select a.id, a.platform, a.repetition, q.place, dense_rank() over (order by q.place) as nth
         from aeo_answers a join aeo_questions q on q.id = a.question_id
         where a.audit_id = ? and a.status = 'PENDING' and a.platform = any (?::text[])
       )
       select id, platform from open where nth <= ? order by place, repetition, platform`,
      [auditId, arrayLiteral(release.platforms), release.questions],
    );
  }
  const platforms = [...release.byPlatform.keys()];
  return em.execute<Chosen[]>(
    `with open as (
       select a.id, a.platform, a.repetition, q.place,
         row_number() over (partition by a.platform order by q.place, a.repetition) as nth
       from aeo_answers a join aeo_questions q on q.id = a.question_id
       where a.audit_id = ? and a.status = 'PENDING'
     )
     select open.id, open.platform
     from open join unnest(?::text[], ?::int[]) w (platform, most) on w.platform = open.platform
     where nth <= most order by place, repetition, open.platform`,
    [
      auditId,
      arrayLiteral(platforms),
      arrayLiteral(platforms.map((platform) => String(release.byPlatform.get(platform)))),
    ],
  );
}

/** As many as what is left of the cap pays for, even if each of them costs the most that it may. */
function withinCap(
  chosen: Chosen[],
  costCap: string | null,
  { spent, committed }: Releasing['stock'],
  ceilings: Releasing['ceilings'],
): Chosen[] {
  if (costCap === null) return chosen;
  let left = costUnits(costCap) - costUnits(spent) - costUnits(committed);
  const affordable: Chosen[] = [];
  for (const each of chosen) {
    left -= costUnits(ceilings.get(each.platform) ?? costCap);
    if (left < 0n) break;
    affordable.push(each);
  }
  return affordable;
}

/** When a platform's n-th question is handed out: somewhat before the limit lets it be asked. */
function dueAt(sentAt: number, place: number, pace: Pace): number {
  const turnMs = Math.max(0, place - pace.burst + 1) * (60_000 / pace.perMinute);
  const at = sentAt + Math.max(0, turnMs - readyMs);
  return Math.floor(at / togetherMs) * togetherMs;
}
