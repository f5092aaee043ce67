import { paginateScan } from '@aws-sdk/client-dynamodb';
import { dynamodb, fromItem, type Item } from '#lib/shared/dynamodb.ts';
import { type TableName, tableName } from '#lib/shared/resources.ts';

const TABLES = [
  ...(['audit', 'billing', 'coupons', 'customers', 'expenditures'] as const),
  ...(['invoices', 'ledger', 'partners', 'platform', 'repayments'] as const),
] satisfies readonly TableName[];

/** Every item of the tables that money has to do with, jobs apart. */
export async function contents(): Promise<Record<string, Item>> {
  const items: Record<string, Item> = {};
  for (const table of TABLES) {
    for await (const page of paginateScan({ client: dynamodb }, { TableName: tableName(table) })) {
      for (const stored of page.Items ?? []) {
        const item = fromItem(stored);
        items[`${table} ${String(item.pk)} ${String(item.sk)}`] = item;
      }
    }
  }
  return items;
}
