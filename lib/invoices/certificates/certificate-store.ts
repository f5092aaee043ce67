import { getItem, type Item, type Key } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { listHandedIn, listKeys } from '../lists.ts';
import type { WithholdingCertificate } from './certificate.ts';

const key = (certificateId: string): Key => ({ pk: `CERTIFICATE#${certificateId}`, sk: 'CERTIFICATE' });

const toItem = (certificate: WithholdingCertificate): Key & Item => {
  const { certificateId: id, partnerId, createdAt, status } = certificate;
  const open = status === 'uploaded';
  return { ...key(id), ...certificate, ...listKeys('CERTIFICATES', { partnerId, createdAt, id, open }) };
};

export const putNewCertificate = (certificate: WithholdingCertificate): Write => ({
  table: 'invoices',
  put: toItem(certificate),
  condition: 'attribute_not_exists(pk)',
});

export const replaceCertificate = (before: WithholdingCertificate, after: WithholdingCertificate): Write => ({
  table: 'invoices',
  put: toItem({ ...after, version: before.version + 1 }),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadCertificate(certificateId: string): Promise<WithholdingCertificate | undefined> {
  const item = await getItem('invoices', key(certificateId));
  return item && toCertificate(item);
}

/** A partner's certificates, the newest first; without a partner those to be reviewed of all, the oldest first. */
export async function listCertificates(
  partnerId: string | undefined,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ certificates: WithholdingCertificate[]; nextKey?: Record<string, unknown> }> {
  const { items, nextKey } = await listHandedIn('CERTIFICATES', partnerId, page);
  return { certificates: items.map(toCertificate), nextKey };
}

function toCertificate(item: Item): WithholdingCertificate {
  const { pk: _pk, sk: _sk, listKey: _lk, listSort: _ls, openKey: _ok, openSort: _os, ...stored } = item;
  return {
    ...stored,
    amount: loadMoney(stored.amount),
    rate: loadMoney(stored.rate),
  } as unknown as WithholdingCertificate;
}
