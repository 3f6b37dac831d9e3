import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { AeoSettings } from '../domain/aeo-audit/aeo-settings.ts';
import { AeoSettingsType } from '../schema/aeo-set-up.type.ts';
import { DecimalScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';

@Resolver(() => AeoSettingsType)
export class AeoSettingsResolver {
  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      'US dollars; nothing is asked that could cost more. Without such a limit where null.',
  })
  @Requires('ANALYST')
  costCap(@Root() { costCap }: AeoSettings): string | null {
    return costCap;
  }
}
