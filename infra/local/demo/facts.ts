import { type Money, parseMoney, sum } from '#lib/shared/money.ts';
import type { Cast, CastCustomer, CastPartner } from './cast.ts';
import type { LeadStories } from './leads.ts';

export interface Alert {
  readonly threshold: number;
  readonly raisedAt: string;
  readonly status: string;
  readonly delivery: string;
  readonly period: string;
}

export interface Budget {
  readonly type: string;
  readonly amount: string;
  readonly exhaustionMode: string;
  readonly freezeLevel: string;
  readonly freezeCause: string | null;
}

export interface FreezeRecord {
  readonly action: string;
  readonly cause: string;
  readonly at: string;
}

/** What the API says of one customer after the month was played. */
export interface CustomerFacts {
  readonly customer: CastCustomer;
  /** List price of all records, by billing cycle; credits included, as the file has them. */
  readonly september: Money;
  readonly october: Money;
  readonly budget: Budget;
  readonly alerts: readonly Alert[];
  readonly freezes: readonly FreezeRecord[];
}

export interface Bill {
  readonly billId: string;
  readonly status: string;
  readonly couponsUsed: string;
  readonly invoiceNos: readonly string[];
  readonly outstanding: string;
  readonly expenditures: string;
  readonly refunds: string;
  readonly adjustments: string;
  readonly tax: string;
  readonly amountDue: string;
  readonly currency: string;
  readonly issuedAt: string;
  readonly dueAt: string;
}

export interface PartnerFacts {
  readonly partner: CastPartner;
  readonly bill: Bill | undefined;
}

const AT_ONCE = 8;

/** What became of a lead, one line per lead. */
export interface LeadFacts {
  readonly partner: string;
  readonly lead: string;
  readonly end: string;
}

/** Debits and credits of all partners in one currency. */
export interface Books {
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
  readonly balanced: boolean;
}

export interface Facts {
  readonly books: readonly Books[];
  readonly customers: readonly CustomerFacts[];
  readonly partners: readonly PartnerFacts[];
  readonly leads: readonly LeadFacts[];
}

export async function factsOf(cast: Cast, leads: LeadStories): Promise<Facts> {
  const customers: CustomerFacts[] = [];
  for (let start = 0; start < cast.customers.length; start += AT_ONCE) {
    customers.push(...(await Promise.all(cast.customers.slice(start, start + AT_ONCE).map(customerFacts))));
  }
  const { totals } = await cast.operator.get<{ totals: Books[] }>('/v1/trial-balance');
  return {
    customers,
    partners: await Promise.all(cast.partners.map(partnerFacts)),
    leads: await leadFacts(leads),
    books: totals,
  };
}

async function customerFacts(customer: CastCustomer): Promise<CustomerFacts> {
  const { api } = customer.partner;
  const of = `/v1/customers/${customer.customerId}`;
  const [september, october, budget, alerts, freezes] = await Promise.all([
    listPriceOf(customer, '2024-09'),
    listPriceOf(customer, '2024-10'),
    api.get<Budget>(`${of}/budget`),
    api.all<Alert>(`${of}/budget/alerts`),
    api.all<FreezeRecord>(`${of}/freeze-records`),
  ]);
  return { customer, september, october, budget, alerts: alerts.toReversed(), freezes };
}

async function listPriceOf({ customerId, partner }: CastCustomer, cycle: string): Promise<Money> {
  const records = await partner.api.all<{ listPrice: string }>(
    `/v1/expenditures?cycle=${cycle}&customerId=${customerId}`,
  );
  return sum(records.map(({ listPrice }) => parseMoney(listPrice)));
}

async function partnerFacts(partner: CastPartner): Promise<PartnerFacts> {
  const { items } = await partner.api.get<{ items: Bill[] }>('/v1/bills?cycle=2024-09');
  return { partner, bill: items[0] };
}

interface Lead {
  readonly status: string;
  readonly expiresAt: string;
}

async function leadFacts({ won, waiting, refused }: LeadStories): Promise<LeadFacts[]> {
  const [wonLead, waitingLead] = await Promise.all(
    [won, waiting].map(({ partner, leadId }) => partner.api.get<Lead>(`/v1/leads/${leadId}`)),
  );
  const { items } = await won.partner.api.get<{ items: { listPrice: string }[] }>(
    `/v1/expenditures?cycle=2024-08&customerId=${won.customerId}`,
  );
  return [
    {
      partner: won.partner.companyName,
      lead: 'Orchid Labs',
      end: `${wonLead?.status}; first purchase ${items.map(({ listPrice }) => listPrice).join(', ')} USD`,
    },
    {
      partner: waiting.partner.companyName,
      lead: 'Tern Logistics',
      end: `${waitingLead?.status}; its 15 days ended ${waitingLead?.expiresAt}`,
    },
    {
      partner: refused.partner.companyName,
      lead: 'Granite Mining',
      end: `refused: ${refused.reasons.map(({ code, class: kind }) => `${code} (${kind})`).join(', ')}`,
    },
  ];
}
