import type { GraphQLSchema } from 'graphql';
import { badInput, DomainError } from '../../domain/errors.ts';
import { type Meter, type Payer, payerAt, payerOf } from '../../domain/identity/meter.ts';
import type { GraphContext } from '../context.ts';
import { createExaminer, type PricedOperation, type Question } from './examine-document.ts';

/** What one operation may cost, in points: a point is about a row that is read. */
export const mostPoints = 200_000;

/** How long it is remembered whom a token stands for, to count requests by: it lets nobody in. */
const rememberedMs = 60_000;
const mostRemembered = 1_000;

/** What stands before the graph, over HTTP and WebSocket alike. */
export interface Door {
  /**
   * Count a request, and look at its document before anything else is done with it.
   *
   * @param query undefined for a request that has none, or not in a way that can be read.
   * @throws {DomainError} RATE_LIMITED, BAD_USER_INPUT.
   */
  admit(context: GraphContext, query: string | undefined): Promise<void>;
  /**
   * Count what an operation costs, before it is executed: by what is executed, however the request was read.
   *
   * @returns undefined for what cannot be read or found.
   * @throws {DomainError} BAD_USER_INPUT, RATE_LIMITED.
   */
  charge(context: GraphContext, question: Question): Promise<PricedOperation | undefined>;
}

export function openDoor(schema: GraphQLSchema, meter: Meter): Door {
  const examine = createExaminer(schema);
  const payers = new Map<string, { payer: Payer; until: number }>();

  /** @returns undefined where it could not be found out. */
  const findPayer = async (context: GraphContext): Promise<Payer | undefined> => {
    const { token, origin } = context;
    if (!token) return payerAt(origin.ip);
    const known = payers.get(token);
    if (known && known.until > Date.now()) return known.payer;
    try {
      const payer = payerOf(await context.viewer());
      if (payers.size >= mostRemembered) payers.clear();
      payers.set(token, { payer, until: Date.now() + rememberedMs });
      return payer;
    } catch (error) {
      // What fails on our side is told when it is asked for.
      return error instanceof DomainError ? payerAt(origin.ip) : undefined;
    }
  };

  return {
    async admit(context, query) {
      const payer = await findPayer(context);
      if (payer) await meter.admit(payer);
      if (query !== undefined) examine(query);
    },
    async charge(context, { query, operationName, variables }) {
      const operation = examine(query)?.operationOf(operationName);
      const points = operation?.priceWith(variables) ?? 0;
      if (points > mostPoints) throw tooDear(points);
      const payer = points > 0 ? await findPayer(context) : undefined;
      if (payer) await meter.charge(payer, points);
      return operation;
    },
  };
}

function tooDear(points: number): DomainError {
  const [price, most] = [points, mostPoints].map((each) => each.toLocaleString('en'));
  const message = `The operation may cost ${price} points, by the sizes of its lists; one costs at most ${most}. Ask for less, or with a smaller first.`;
  return badInput(message, 'first');
}
