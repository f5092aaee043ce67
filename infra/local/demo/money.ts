import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Api, upload } from './api.ts';
import type { Cast, CastPartner } from './cast.ts';
import type { DemoPartner } from './plan.ts';

const FILES = resolve(import.meta.dirname, '..', '..', '..', '.demo', 'files');

const CYCLE = '2024-09';
const GOOD_CARD = { number: '4242424242424242', holderName: 'Owen Owner', expiry: '12/30', securityCode: '123' };

const ISSUER = {
  legalName: 'Skyline Cloud (Singapore) Pte. Ltd.',
  address: { street: '1 Marina Boulevard', city: 'Singapore', postalCode: '018989', country: 'SG' },
  taxId: 'M2-0012345-6',
  taxIdLabel: 'GST Reg. No.',
  registrationNumber: '201812345K',
  standard: true,
};

const BANK = {
  payee: ISSUER.legalName,
  address: '1 Marina Boulevard, Singapore 018989',
  bank: 'First Harbour Bank',
  accountNumber: '012-345678-9',
  swiftCode: 'FHBKSGSG',
};

/** Who issues invoices and where money goes; a coupon for one partner, and a card of its own. */
export async function arrangeMoney({ operator, partners }: Cast): Promise<void> {
  const reason = 'Demo';
  await operator.put('/v1/issuing-entities/SKY', { ...ISSUER, expectedVersion: 0, reason });
  await operator.put('/v1/top-up-accounts/USD', { ...BANK, reason });
  const sunbird = partnerOf(partners, 'sunbird');
  await operator.post(`/v1/partners/${sunbird.partnerId}/coupons`, {
    name: 'Welcome',
    kind: 'cash',
    source: 'program',
    faceValue: '2.00',
    billingModes: ['pay-per-use'],
    expiresAt: '2025-08-31T23:59:59+08:00',
    reason,
  });
  await bindCard(sunbird.api);
  for (const { key, companyName, api } of partners) {
    const email = `invoices@${key}.example`;
    await api.put('/v1/invoice-info', {
      address: `${companyName}, 8 Market Street`,
      email,
      emailEnabled: true,
      expectedVersion: 0,
    });
  }
}

/** As a person does it: the card is entered on the processor's page, which comes back with a token of it. */
async function bindCard(api: Api): Promise<void> {
  const { version } = await api.get<{ version: number }>('/v1/payment-currency');
  await api.put('/v1/payment-currency', { currency: 'USD', expectedVersion: version });
  const { url } = await api.post<{ url: string }>('/v1/card-pages', { purpose: 'add', returnPath: '/cards' });
  const entered = await fetch(url, { method: 'POST', body: new URLSearchParams(GOOD_CARD), redirect: 'manual' });
  const cardToken = new URL(entered.headers.get('location') ?? '').searchParams.get('cardToken');
  await api.post('/v1/cards', { cardToken, agreementAccepted: true });
}

interface Claim {
  readonly claimId: string;
  readonly version: number;
}

/** A partner without a card transfers what it owes and says so; the platform finds the money and confirms. */
export async function transferWhatIsDue({ operator, partners }: Cast): Promise<void> {
  const { api } = partnerOf(partners, 'northwind');
  const bill = await billOf(api);
  if (!bill) return;
  const { certificateId, uploadUrl } = await api.post<{ certificateId: string; uploadUrl: string }>(
    '/v1/transfer-certificates',
  );
  await upload(uploadUrl, CERTIFICATE);
  const claim = await api.post<Claim>('/v1/transfer-claims', {
    topUpTime: '2024-10-07',
    amount: bill.outstanding,
    currency: bill.paymentCurrency,
    bankAccount: 'DE02 1203 0000 0000 2020 51',
    invoiceNo: bill.invoiceNos[0],
    certificateId,
  });
  const confirmation = { expectedVersion: claim.version, reason: 'Money received' };
  await operator.post(`/v1/transfer-claims/${claim.claimId}/confirmation`, confirmation);
}

/** A PDF of one empty page: what a bank's confirmation may look like to a program. */
const CERTIFICATE = [
  '%PDF-1.4',
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj',
  'trailer<</Root 1 0 R>>',
  '%%EOF',
].join('\n');

interface BillInBrief {
  readonly outstanding: string;
  readonly paymentCurrency: string;
  readonly invoiceNos: readonly string[];
}

async function billOf(api: Api): Promise<BillInBrief | undefined> {
  const { items } = await api.get<{ items: BillInBrief[] }>(`/v1/bills?cycle=${CYCLE}`);
  return items[0];
}

/** Keeps the invoices of the month as files, to be looked at. @returns how many */
export async function keepInvoices({ partners }: Cast): Promise<number> {
  let kept = 0;
  for (const { key, api } of partners) {
    for (const invoiceNo of (await billOf(api))?.invoiceNos ?? []) {
      const { files } = await api.get<{ files: { pdf: string; xml: string } }>(`/v1/invoices/${invoiceNo}`);
      await keep(files.pdf, `${key}-${invoiceNo}.pdf`);
      await keep(files.xml, `${key}-${invoiceNo}.xml`);
      kept += 1;
    }
  }
  return kept;
}

async function keep(url: string, name: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${name} could not be fetched: ${answer.status}`);
  const path = join(FILES, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
}

function partnerOf(partners: readonly CastPartner[], key: DemoPartner['key']): CastPartner {
  const found = partners.find((each) => each.key === key);
  if (!found) throw new Error(`the cast has no ${key}`);
  return found;
}
