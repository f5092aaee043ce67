import { agreementPublished } from '#events/association.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { AgreementCode, AgreementText } from './agreements.ts';
import { currentAgreement, putNewAgreement } from './agreements-store.ts';
import { associationErrors } from './errors.ts';

/**
 * Publishes a new wording, from now on the one in force; earlier ones stay readable and never change.
 * @throws Refusal AGREEMENT_VERSION_TAKEN unless the version is higher than the one in force
 */
export async function publishAgreement(
  code: AgreementCode,
  wish: { readonly version: string; readonly title: string; readonly text: string },
  now: Instant,
): Promise<AgreementText> {
  const current = await currentAgreement(code);
  if (wish.version <= current.version) throw new Refusal(associationErrors.AGREEMENT_VERSION_TAKEN);
  const { version, title, text } = wish;
  const published: AgreementText = { code, version, language: 'en', title, text, publishedAt: now };
  await transact({
    writes: [putNewAgreement(published)],
    events: [event(agreementPublished, { code, agreementVersion: version, title, publishedAt: now }, now)],
    trace: { before: { code, version: current.version }, after: { code, version } },
  });
  return published;
}
