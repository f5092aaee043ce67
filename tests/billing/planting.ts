import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { BillLine } from '#lib/billing/line.ts';
import { linesOf, startPages } from '#lib/billing/line-page.ts';
import { dynamodb, getItem, type Item, type Key, queryAll, toItem } from '#lib/shared/dynamodb.ts';
import { type TableName, tableName } from '#lib/shared/resources.ts';

/** Changes stored items behind the service's back, as damage or a defect would. */
export async function plant(
  table: TableName,
  key: Key,
  change: (item: Item) => Item | undefined,
): Promise<Item | undefined> {
  const before = await getItem(table, key);
  const after = change(before ?? {});
  const TableName = tableName(table);
  if (after) await dynamodb.send(new PutItemCommand({ TableName, Item: toItem({ ...after, ...key }) }));
  else await dynamodb.send(new DeleteItemCommand({ TableName, Key: toItem(key) }));
  return before;
}

/** Writes the lines of a bill anew. @returns the lines as they were */
export async function plantLines(
  billId: string,
  change: (lines: readonly BillLine[]) => readonly BillLine[],
): Promise<readonly BillLine[]> {
  const pk = `BILL#${billId}`;
  const before: BillLine[] = [];
  for await (const item of queryAll({ table: 'billing', pk, sk: { beginsWith: 'PAGE#' } })) {
    before.push(...(await linesOf({ lines: item.lines as Uint8Array })));
    await plant('billing', { pk, sk: String(item.sk) }, () => undefined);
  }
  const pages = startPages();
  for (const line of change(before)) pages.add(line);
  for (const { key, count, lines } of await pages.finish()) {
    await plant('billing', { pk, sk: `PAGE#${key}` }, () => ({ count, lines }));
  }
  return before;
}
