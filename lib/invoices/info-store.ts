import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type InvoiceInfo, noInfo } from './info.ts';

const key = (partnerId: string): Key => ({ pk: `INFO#${partnerId}`, sk: 'INFO' });

export const putInfo = (before: InvoiceInfo, after: InvoiceInfo): Write => ({
  table: 'invoices',
  put: { ...key(after.partnerId), ...after },
  ...(before.version > 0
    ? { condition: 'version = :seen', values: { ':seen': before.version } }
    : { condition: 'attribute_not_exists(pk)' }),
  onConflict: sharedErrors.VERSION_CONFLICT,
});

export async function loadInfo(partnerId: string): Promise<InvoiceInfo> {
  const item = await getItem('invoices', key(partnerId));
  if (!item) return noInfo(partnerId);
  const { pk: _pk, sk: _sk, ...info } = item;
  return info as unknown as InvoiceInfo;
}
