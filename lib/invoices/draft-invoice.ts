import {
  billingErrors,
  billStands,
  type IssuedBill,
  loadBill,
  parseBillId,
  requireValidBill,
} from '#lib/billing/index.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { topUpAccountAt } from '#lib/repayments/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { drafted, hasDocument, putDocumentOfBill, putDraft } from './draft-store.ts';
import { entityFor, type IssuingEntity } from './entity.ts';
import { listEntities } from './entity-store.ts';
import { entityErrors, invoiceErrors } from './errors.ts';
import type { InvoiceInfo } from './info.ts';
import { loadInfo } from './info-store.ts';
import type { Draft, Issuer, PayeeAccount, Recipient } from './invoice.ts';
import { isNotWaiting, isWaiting, removeWaiting } from './waiting/waiting-store.ts';

/** Both sides of an invoice as they are now. */
export interface Sides {
  readonly partner: Partner;
  readonly issuer: Issuer;
  readonly recipient: Recipient;
  readonly info: InvoiceInfo;
}

/** @throws Refusal ISSUING_ENTITY_MISSING, PARTNER_NOT_FOUND */
export async function loadSides(partnerId: string): Promise<Sides> {
  const [partner, entities, info] = await Promise.all([loadPartner(partnerId), listEntities(), loadInfo(partnerId)]);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  const entity = entityFor(entities, partner);
  if (!entity) throw new Refusal(entityErrors.ISSUING_ENTITY_MISSING);
  return { partner, issuer: toIssuer(entity), recipient: toRecipient(partner, info), info };
}

/**
 * FIN-110, FIN-111: the invoice of a bill waits for its number. Repeated, it finds the draft or what became of it.
 * @throws Refusal NOTHING_TO_INVOICE, ISSUING_ENTITY_MISSING
 */
export const draftInvoice = (billId: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const [bill, exists, waited] = await Promise.all([requireBill(billId), hasDocument(billId), isWaiting(billId)]);
    if (exists || bill.debt.status === 'voided') return; // or withdrawn before its invoice was made out
    const sides = await loadSides(bill.partnerId);
    const draft = { ...(await draftOf(bill, sides, now)), billTold: waited || undefined };
    const queue = waited ? removeWaiting(billId) : isNotWaiting(billId);
    await transact({
      aside: true,
      writes: [putDocumentOfBill(billId, draft), putDraft(draft), queue, billStands(bill)],
      events: [drafted(draft, now)],
    });
  });

/** @throws Refusal BILL_NOT_FOUND, and NOTHING_TO_INVOICE when nothing is due for it */
export async function requireBill(billId: string): Promise<IssuedBill> {
  const named = parseBillId(billId);
  const bill = named && (await loadBill(named.partnerId, named.cycle, named.revision));
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_FOUND);
  return requireAmount(bill);
}

/** @throws Refusal BILL_NOT_FOUND, BILL_VOIDED, NOTHING_TO_INVOICE */
export async function requireBillToInvoice(billId: string): Promise<IssuedBill> {
  const named = parseBillId(billId);
  if (!named) throw new Refusal(billingErrors.BILL_NOT_FOUND);
  return requireAmount(await requireValidBill(named, billingErrors.BILL_NOT_FOUND));
}

/** @throws Refusal NOTHING_TO_INVOICE */
export function requireAmount(bill: IssuedBill): IssuedBill {
  if (bill.amountDuePayment === ZERO) throw new Refusal(invoiceErrors.NOTHING_TO_INVOICE);
  return bill;
}

/** FIN-112: of the amount due in the payment currency, whether or not it is paid. */
export async function draftOf(
  bill: IssuedBill,
  sides: Sides,
  now: Instant,
  inPlaceOf: Pick<Draft, 'replaces' | 'creditNote'> = {},
): Promise<Draft> {
  return {
    ...(await commonOf(sides, bill.paymentCurrency, now)),
    content: 'Monthly bill',
    billId: bill.billId,
    cycle: bill.cycle,
    amount: bill.amountDuePayment,
    dueAt: bill.dueAt,
    withheld: bill.withheld ?? ZERO,
    ...inPlaceOf,
  };
}

/** What every invoice has, whatever it is for. */
export async function commonOf({ partner, issuer, recipient, info }: Sides, currency: string, now: Instant) {
  return {
    draftId: newId('drf', now),
    partnerId: partner.partnerId,
    currency,
    issuer,
    recipient,
    payeeAccount: await payeeOf(currency, now),
    mailTo: info.emailEnabled ? info.email : undefined,
    language: partner.language,
    createdAt: now,
  };
}

/** FIN-79. */
async function payeeOf(currency: string, now: Instant): Promise<PayeeAccount | undefined> {
  const account = await topUpAccountAt(currency, now);
  if (!account) return undefined;
  const { payee, address, bank, accountNumber, swiftCode } = account;
  return { payee, address, bank, accountNumber, swiftCode };
}

const toIssuer = (entity: IssuingEntity): Issuer => {
  const { entityId, legalName, address, taxId, taxIdLabel, registrationNumber, email } = entity;
  return { entityId, legalName, address, taxId, taxIdLabel, registrationNumber, email };
};

const toRecipient = (partner: Partner, { address }: InvoiceInfo): Recipient => ({
  companyName: partner.companyName,
  taxId: partner.taxId,
  address,
  country: partner.registrationArea.countryRegion,
  state: partner.registrationArea.stateProvince,
});
