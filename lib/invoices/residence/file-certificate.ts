import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { attach } from '../attach.ts';
import type { ResidentCertificate } from './residence.ts';
import { putResidentCertificate } from './residence-store.ts';

export interface ResidentCertificateWish {
  readonly validFrom: string;
  readonly validUntil: string;
  readonly attachmentId: string;
  readonly reason: string;
}

/** FIN-120: keeps what an operator uploaded for an entity. @throws Refusal ATTACHMENT_REQUIRED, ATTACHMENT_INVALID */
export async function fileResidentCertificate(
  entityId: string,
  { attachmentId, reason, ...term }: ResidentCertificateWish,
  now: Instant,
): Promise<ResidentCertificate> {
  const certificateId = newId('res', now);
  const file = await attach(entityId, attachmentId, certificateId);
  const certificate: ResidentCertificate = { certificateId, entityId, ...term, file, filedAt: now };
  await transact({
    writes: [putResidentCertificate(certificate)],
    trace: { after: { ...certificate, reason } },
  });
  return certificate;
}
