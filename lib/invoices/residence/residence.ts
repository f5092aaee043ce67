import type { Attachment } from '#lib/shared/attachments.ts';
import type { Instant } from '#lib/shared/time.ts';

/** FIN-120: what a tax authority says of an issuing entity: that it is resident there, for so many days. Never changed; a later one comes in its place. */
export interface ResidentCertificate {
  readonly certificateId: string;
  readonly entityId: string;
  /** `2024-01-01` in GMT+08:00; both days included. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly file: Attachment;
  readonly filedAt: Instant;
}

type Term = Pick<ResidentCertificate, 'validFrom' | 'validUntil'>;

export const beginsBeforeItEnds = ({ validFrom, validUntil }: Term): boolean => validFrom <= validUntil;

/** The certificate for a day: of several, the one that was filed last. `filed` has them in the order of their filing. */
export const certificateOn = <Certificate extends Term>(
  filed: readonly Certificate[],
  day: string,
): Certificate | undefined => filed.findLast(({ validFrom, validUntil }) => validFrom <= day && day <= validUntil);
