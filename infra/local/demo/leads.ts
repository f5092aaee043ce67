import * as z from 'zod';
import { LOCAL_PLATFORM_TOKEN } from '../platform-engine.ts';
import type { LocalStack } from '../stack.ts';
import { type Api, anonymous } from './api.ts';
import type { Cast, CastPartner } from './cast.ts';
import { latestMailTo } from './mailbox.ts';

/** Three leads, each pre-registered on the evening of 31 August: one is won, one runs out, one is refused. */
export interface LeadStories {
  readonly won: { readonly partner: CastPartner; readonly leadId: string; readonly customerId: string };
  readonly waiting: { readonly partner: CastPartner; readonly leadId: string };
  readonly refused: { readonly partner: CastPartner; readonly reasons: readonly Reason[] };
}

interface Reason {
  readonly code: string;
  readonly class: 'hard' | 'reviewable';
}

const ORCHID = { customerName: 'Orchid Labs', email: 'cloud@orchid.example' };
const TERN = { customerName: 'Tern Logistics', email: 'it@tern.example' };
const GRANITE = { customerName: 'Granite Mining', email: 'billing@granite.example' };

const refusal = z.object({
  reasons: z.array(z.object({ code: z.string(), class: z.enum(['hard', 'reviewable']) })),
});

/** Plays what people do about the three leads; time does the rest. */
export async function playTheLeads(stack: LocalStack, cast: Cast): Promise<LeadStories> {
  const partner = (key: CastPartner['key']) => cast.partners.find((each) => each.key === key) as CastPartner;
  return {
    won: await winOrchid(stack, cast.operator, partner('sunbird')),
    waiting: await waitForTern(partner('northwind')),
    refused: await meetGranite(stack, cast.operator, partner('meridian')),
  };
}

/** DEV-44 to DEV-105: invited by mail, registered, associated, frozen; then a budget, and the first purchase. */
async function winOrchid(stack: LocalStack, operator: Api, partner: CastPartner): Promise<LeadStories['won']> {
  const { leadId } = await partner.api.post<{ leadId: string }>('/v1/leads', ORCHID);
  await stack.drain();
  const link = new URL(/\S+\/invitations\/\S+/.exec(await latestMailTo(stack, ORCHID.email))?.[0] ?? '');
  const customerId = await comeThrough(stack, link.pathname);
  await partner.api.put(`/v1/customers/${customerId}/budget/monthly`, {
    amount: '100.00',
    exhaustionMode: 'automatic',
    unfreezeNow: true,
    expectedVersion: 0,
  });
  await operator.post('/v1/expenditures', { records: [firstPurchase(customerId, stack.now())] });
  await stack.drain();
  return { partner, leadId, customerId };
}

/** What the customer does with the link: open, read, have a code mailed, register, enable services. @returns its customer id */
async function comeThrough(stack: LocalStack, invitation: string): Promise<string> {
  const guest = anonymous(stack.urls.api);
  const { instructions } = await guest.get<{ instructions: { version: string } }>(invitation);
  const { challengeId } = await guest.post<{ challengeId: string }>(`${invitation}/registration-code`, {
    email: ORCHID.email,
  });
  await stack.drain();
  const [code] = /\b\d{6}\b/.exec(await latestMailTo(stack, ORCHID.email)) ?? [];
  const { customerId } = await guest.post<{ customerId: string }>(`${invitation}/registration`, {
    country: 'SG',
    email: ORCHID.email,
    password: 'a long enough password',
    challengeId,
    code,
    instructionsVersion: instructions.version,
  });
  const customer = await apiOfAccount(stack, ORCHID.email);
  await customer.post(`${invitation}/association`, {
    customerAgreementAccepted: true,
    privacyStatementAccepted: true,
  });
  await stack.drain();
  return customerId;
}

/** Signs in as the account that the platform's registry has under an address. */
async function apiOfAccount(stack: LocalStack, email: string): Promise<Api> {
  const answer = await fetch(`${stack.urls.platform}/accounts?${new URLSearchParams({ email })}`, {
    headers: { authorization: `Bearer ${LOCAL_PLATFORM_TOKEN}` },
  });
  const { subject } = z.object({ subject: z.string() }).parse(await answer.json());
  return anonymous(stack.urls.api).as(await stack.tokenFor(subject));
}

const firstPurchase = (customerId: string, now: string): object => ({
  recordId: 'demo-first-purchase',
  customerId,
  billType: 'expenditure',
  billingMode: 'yearly-monthly',
  productType: 'Elastic Compute',
  productTypeCode: 'elastic-compute',
  productName: 'Elastic Compute, one month',
  productId: 'sku-demo',
  currency: 'USD',
  listPrice: '42.00',
  transactionTime: now,
  orderId: 'demo-order-1',
  orderType: 'new-purchase',
  settlementClass: 'common',
});

/** DEV-41: nobody follows it up, so it ends 15 days later, to the second. */
async function waitForTern(partner: CastPartner): Promise<LeadStories['waiting']> {
  const { leadId } = await partner.api.post<{ leadId: string }>('/v1/leads', {
    ...TERN,
    sendInvitation: false,
  });
  return { partner, leadId };
}

/** DEV-37: an account with a contract, cash expenditure and eight days of age; all three reasons are told at once. */
async function meetGranite(stack: LocalStack, operator: Api, partner: CastPartner): Promise<LeadStories['refused']> {
  await operator.put(`/v1/partners/${partner.partnerId}/customer-development`, { enabled: true });
  await fetch(`${stack.urls.platform}/accounts/granite-mining`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${LOCAL_PLATFORM_TOKEN}` },
    body: JSON.stringify({
      email: GRANITE.email,
      country: 'HK',
      registeredAt: '2024-08-23T22:00:00+08:00',
      contracts: ['direct-offline'],
      hasCashExpenditure: true,
    }),
  });
  const problem = await partner.api.refused('/v1/leads', GRANITE);
  return { partner, reasons: refusal.parse(problem).reasons };
}
