import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb, getItem, putIfAbsent, toItem } from '#lib/shared/dynamodb.ts';
import { tableName } from '#lib/shared/resources.ts';

/** Removes a record behind the service's back, as if the index did not show it yet. */
export async function takeAway(recordId: string): Promise<{ putBack(): Promise<unknown> }> {
  const key = { pk: `RECORD#${recordId}`, sk: 'RECORD' };
  const item = await getItem('expenditures', key);
  if (!item) throw new Error(`no record ${recordId}`);
  await dynamodb.send(new DeleteItemCommand({ TableName: tableName('expenditures'), Key: toItem(key) }));
  return { putBack: () => putIfAbsent('expenditures', { ...item, ...key }) };
}
