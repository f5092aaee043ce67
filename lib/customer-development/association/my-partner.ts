import * as z from 'zod';
import { type Association, activeAssociation, loadCustomer, managingPartner } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { isSigned, type SignedAgreement } from './agreements.ts';
import { currentAgreement, listSigned, signAgreementWrites } from './agreements-store.ts';
import { signedAgreementView, toSignedAgreementViews } from './agreements-view.ts';
import { associationErrors } from './errors.ts';

export const myPartnerView = z.object({
  partner: z
    .object({
      partnerId: z.string(),
      companyName: z.string(),
      associationType: z.enum(['reseller', 'referral']),
      associatedOn: z.string(),
    })
    .nullable(),
  toSign: z
    .object({ code: z.string(), version: z.string(), title: z.string() })
    .nullable()
    .meta({ description: 'Association instructions whose present version is not signed yet (DEV-111)' }),
  agreements: z.array(signedAgreementView),
});

/** DEV-113: the customer's partner page. Without a partner it shows what was signed before. */
export async function getMyPartner(customerId: string): Promise<z.input<typeof myPartnerView>> {
  const [customer, signed] = await Promise.all([
    loadCustomer(customerId),
    listSigned({ kind: 'customer', id: customerId }),
  ]);
  const association = customer && activeAssociation(customer);
  return {
    partner: association ? await partnerPart(association) : null,
    toSign: association ? await unsignedInstructions(association, signed) : null,
    agreements: await toSignedAgreementViews(signed),
  };
}

/** DEV-112. */
export const listSignedAgreements = async (customerId: string) =>
  toSignedAgreementViews(await listSigned({ kind: 'customer', id: customerId }));

/**
 * DEV-111: signs the instructions in force towards the present partner. Signing them again changes nothing.
 * @throws Refusal NO_INSTRUCTIONS_TO_SIGN, AGREEMENT_OUTDATED
 */
export async function signInstructions(customerId: string, version: string, now: Instant): Promise<void> {
  const customer = await loadCustomer(customerId);
  const association = customer && activeAssociation(customer);
  if (association?.type !== 'reseller') throw new Refusal(associationErrors.NO_INSTRUCTIONS_TO_SIGN);
  const current = await currentAgreement('association-instructions');
  if (version !== current.version) throw new Refusal(associationErrors.AGREEMENT_OUTDATED);
  const partnerId = managingPartner(association);
  const signer = { kind: 'customer', id: customerId, channel: 'portal', towards: partnerId } as const;
  await transact({
    writes: signAgreementWrites(signer, 'association-instructions', version, now),
    trace: { partnerId: association.partnerId, customerId, after: { code: 'association-instructions', version } },
  });
}

async function partnerPart(association: Association) {
  const partnerId = managingPartner(association);
  const partner = await loadPartner(partnerId);
  return {
    partnerId,
    companyName: partner?.companyName ?? '',
    associationType: association.type,
    associatedOn: association.since,
  };
}

/** DEV-111: the prompt returns until the version in force is signed; the referral model has no instructions (DEV-81). */
async function unsignedInstructions(association: Association, signed: readonly SignedAgreement[]) {
  if (association.type !== 'reseller') return null;
  const { code, version, title } = await currentAgreement('association-instructions');
  return isSigned(signed, { code, version }, managingPartner(association)) ? null : { code, version, title };
}
