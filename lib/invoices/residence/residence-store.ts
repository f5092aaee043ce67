import { type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { ResidentCertificate } from './residence.ts';

const partition = (entityId: string): string => `RESIDENCE#${entityId}`;
/** An id begins with its time, so that the order of the keys is that of the filing. */
const key = ({ entityId, certificateId }: ResidentCertificate): Key => ({ pk: partition(entityId), sk: certificateId });

export const putResidentCertificate = (certificate: ResidentCertificate): Write => ({
  table: 'invoices',
  put: { ...key(certificate), ...certificate },
  condition: 'attribute_not_exists(pk)',
});

/** All of an entity, the oldest first; it gets about one a year. */
export async function listResidentCertificates(entityId: string): Promise<ResidentCertificate[]> {
  const certificates: ResidentCertificate[] = [];
  for await (const item of queryAll({ table: 'invoices', pk: partition(entityId), consistent: true })) {
    certificates.push(toCertificate(item));
  }
  return certificates;
}

function toCertificate(item: Item): ResidentCertificate {
  const { pk: _pk, sk: _sk, ...certificate } = item;
  return certificate as unknown as ResidentCertificate;
}
