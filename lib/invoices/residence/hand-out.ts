import { Refusal } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { residenceErrors } from '../errors.ts';
import { certificateOn, type ResidentCertificate } from './residence.ts';
import { listResidentCertificates } from './residence-store.ts';

/** FIN-120: the certificate of an entity for a day; who got it is traced. @throws Refusal RESIDENT_CERTIFICATE_MISSING */
export async function handOutResidentCertificate(entityId: string, day: string): Promise<ResidentCertificate> {
  const certificate = certificateOn(await listResidentCertificates(entityId), day);
  if (!certificate) throw new Refusal(residenceErrors.RESIDENT_CERTIFICATE_MISSING);
  await transact({ writes: [], trace: { after: { entityId, certificateId: certificate.certificateId, day } } });
  return certificate;
}
