import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AeoAnswer } from '../domain/aeo-audit/aeo-answer.entity.ts';
import type { AeoAudit } from '../domain/aeo-audit/aeo-audit.entity.ts';
import { tellError } from '../domain/aeo-audit/tell-error.ts';
import { AeoAnswerType } from '../schema/aeo-answer.type.ts';
import { AeoAuditType } from '../schema/aeo-audit.type.ts';
import type { GraphContext } from './context.ts';

const types = [
  [AeoAuditType, 'Why most of what is missing is missing, in words'],
  [AeoAnswerType, 'Why there is none, in words'],
] as const;

/** For what may fail for a platform, the resolver of its words. */
export const aeoErrorResolvers = types.map(([objectType, what]) => {
  @Resolver(() => objectType)
  class AeoErrorResolver {
    @FieldResolver(() => String, {
      nullable: true,
      description: `${what}: to a client plain ones by \`errorCode\`, to the agency the platform's own.`,
    })
    async errorMessage(
      @Root() failed: AeoAudit | AeoAnswer,
      @Ctx() context: GraphContext,
    ): Promise<string | null> {
      return tellError(await context.viewer(), failed);
    }
  }
  return AeoErrorResolver;
});
