import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Brand } from '../domain/brand/brand.entity.ts';
import type { BrandProfile } from '../domain/brand/brand-profile.entity.ts';
import type { NamedBrand } from '../domain/brand/set-brand-profile.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

const says = {
  name: 'Its name.',
  aliases: 'What else it is called.',
  domains: 'Its domains, such as shop.example; what is below them counts as well.',
  contextWords: 'Words near it that tell it from the common word that it also is.',
  industry: 'What it is in, as people say it: project management software.',
  products: 'What it sells.',
  locale: 'Language tag that questions are asked in, such as en-US.',
};

type BrandFields = Pick<Brand, 'name' | 'isOwn' | 'aliases' | 'domains' | 'contextWords'>;

@ObjectType('Brand', {
  implements: NodeType,
  description: "A brand that answers are searched for: a client's own, or a competitor's.",
})
export class BrandType extends NodeType implements BrandFields {
  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => Boolean, { description: "Whether it is the client's own." })
  isOwn!: boolean;

  @Field(() => [String], { description: says.aliases })
  aliases!: string[];

  @Field(() => [String], { description: says.domains })
  domains!: string[];

  @Field(() => [String], { description: says.contextWords })
  contextWords!: string[];
}

type Fields = Pick<BrandProfile, 'industry' | 'products' | 'locale' | 'updatedAt'>;

@ObjectType('BrandProfile', { description: "What a client's brand is, and who competes with it." })
export class BrandProfileType implements Fields {
  @Field(() => String, { nullable: true, description: says.industry })
  industry!: string | null;

  @Field(() => [String], { description: says.products })
  products!: string[];

  @Field(() => String, { description: says.locale })
  locale!: string;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@InputType({ description: 'How a competitor is known.' })
class CompetitorInput implements NamedBrand {
  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => [String], { defaultValue: [], description: says.aliases })
  aliases!: string[];

  @Field(() => [String], { defaultValue: [], description: says.domains })
  domains!: string[];

  @Field(() => [String], { defaultValue: [], description: says.contextWords })
  contextWords!: string[];
}

@InputType({ description: 'All that is known of a brand: what is left out of it is forgotten.' })
export class SetBrandProfileInput extends CompetitorInput {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => String, { nullable: true, description: says.industry })
  industry?: string | null;

  @Field(() => [String], { defaultValue: [], description: says.products })
  products!: string[];

  @Field(() => String, { defaultValue: 'en', description: says.locale })
  locale!: string;

  @Field(() => [CompetitorInput], {
    defaultValue: [],
    description: 'Who competes with it, at most 30.',
  })
  competitors!: CompetitorInput[];
}

@ObjectType({ description: 'A profile that was set.' })
export class BrandProfilePayload {
  @Field(() => BrandProfileType, { description: 'The profile as it is now.' })
  brandProfile!: BrandProfile;
}
