import { Field, ID, InterfaceType } from 'type-graphql';

/** Anything that has a global id. */
@InterfaceType('Node', {
  description: 'Anything that has a global id.',
  // By the entity's class, whose name is the type's: entities are no instances of object types.
  resolveType: (value: object) => value.constructor.name,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque id, unique among all types.' })
  id!: string;
}
