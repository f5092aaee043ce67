import { getItem, type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { IssuingEntity } from './entity.ts';

const PARTITION = 'ENTITIES';
const key = (entityId: string): Key => ({ pk: PARTITION, sk: `ENTITY#${entityId}` });

/** A new entity, or the next version of one; somebody else's is a VERSION_CONFLICT. */
export const putEntity = (before: IssuingEntity | undefined, after: IssuingEntity): Write => ({
  table: 'invoices',
  put: { ...key(after.entityId), ...after },
  ...(before
    ? { condition: 'version = :seen', values: { ':seen': before.version } }
    : { condition: 'attribute_not_exists(pk)' }),
  onConflict: sharedErrors.VERSION_CONFLICT,
});

export async function loadEntity(entityId: string): Promise<IssuingEntity | undefined> {
  const item = await getItem('invoices', key(entityId));
  return item && toEntity(item);
}

/** All entities; a vendor has a handful. */
export async function listEntities(): Promise<IssuingEntity[]> {
  const entities: IssuingEntity[] = [];
  for await (const item of queryAll({ table: 'invoices', pk: PARTITION })) entities.push(toEntity(item));
  return entities;
}

function toEntity(item: Item): IssuingEntity {
  const { pk: _pk, sk: _sk, ...entity } = item;
  return entity as unknown as IssuingEntity;
}
