import type { Instant } from '#lib/shared/time.ts';

/** What customers and partners sign, by code. */
export const AGREEMENT_CODES = [
  'association-instructions',
  'customer-authorization',
  'partner-commitment',
  'distributor-commitment',
] as const;
export type AgreementCode = (typeof AGREEMENT_CODES)[number];

/** `V1001`, `V1002`, …: four digits, so that texts compare as versions do. */
export const AGREEMENT_VERSION = /^V\d{4}$/;
export const FIRST_VERSION = 'V1001';

/** One published wording; it never changes afterwards. */
export interface AgreementText {
  readonly code: AgreementCode;
  readonly version: string;
  readonly language: 'en';
  readonly title: string;
  /** Paragraphs, separated by an empty line. */
  readonly text: string;
  /** Absent for the wording that the service begins with. */
  readonly publishedAt?: Instant;
}

/** Who signs. `towards` names the partner that the signature concerns: the same text is signed again towards another one. */
export interface Signer {
  readonly kind: 'customer' | 'partner';
  readonly id: string;
  readonly channel: 'invitation' | 'portal' | 'ticket';
  readonly towards?: string;
}

export interface SignedAgreement {
  readonly code: AgreementCode;
  readonly version: string;
  readonly channel: Signer['channel'];
  readonly towards?: string;
  readonly signedAt: Instant;
}

/** DEV-111: has this very version been signed towards this partner? */
export const isSigned = (
  signed: readonly SignedAgreement[],
  { code, version }: Pick<AgreementText, 'code' | 'version'>,
  towards?: string,
): boolean => signed.some((each) => each.code === code && each.version === version && each.towards === towards);
