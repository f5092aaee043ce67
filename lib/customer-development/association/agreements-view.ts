import * as z from 'zod';
import { AGREEMENT_CODES, AGREEMENT_VERSION, type AgreementText, type SignedAgreement } from './agreements.ts';
import { loadAgreement } from './agreements-store.ts';

export const agreementCodeField = z.enum(AGREEMENT_CODES);
export const agreementVersionField = z.string().regex(AGREEMENT_VERSION, 'must be a version such as V1002');

export const agreementView = z.object({
  code: agreementCodeField,
  version: z.string(),
  language: z.string(),
  title: z.string(),
  text: z.string(),
  publishedAt: z.string().nullable().meta({ description: 'Null for the wording that the service began with' }),
});

export const toAgreementView = (agreement: AgreementText): z.input<typeof agreementView> => ({
  ...agreement,
  publishedAt: agreement.publishedAt ?? null,
});

export const signedAgreementView = z.object({
  code: agreementCodeField,
  version: z.string(),
  title: z.string(),
  signedAt: z.string(),
  channel: z.enum(['invitation', 'portal', 'ticket']),
  partnerId: z.string().nullable().meta({ description: 'Towards whom it was signed' }),
});

/** DEV-112: the title is that of the signed version. */
export const toSignedAgreementViews = (
  signed: readonly SignedAgreement[],
): Promise<z.input<typeof signedAgreementView>[]> =>
  Promise.all(
    signed.map(async ({ code, version, signedAt, channel, towards }) => ({
      code,
      version,
      title: (await loadAgreement(code, version))?.title ?? code,
      signedAt,
      channel,
      partnerId: towards ?? null,
    })),
  );
