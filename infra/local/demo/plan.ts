/** Who is who in the demo. The usage is the file's; partners, budgets, discounts and tax rules are made up to meet every rule once. */

export interface DemoPartner {
  readonly key: 'sunbird' | 'northwind' | 'meridian';
  readonly type: 'solution-provider' | 'distributor';
  readonly companyName: string;
  readonly registrationArea: { readonly countryRegion: string };
  readonly timeZone: string;
  readonly language: string;
  /** Partner-level commercial discount on everything, as a fraction. */
  readonly discount?: string;
}

export const PARTNERS: readonly DemoPartner[] = [
  {
    key: 'sunbird',
    type: 'solution-provider',
    companyName: 'Sunbird Cloud',
    registrationArea: { countryRegion: 'SG' },
    timeZone: 'Asia/Singapore',
    language: 'en',
    discount: '0.25',
  },
  {
    key: 'northwind',
    type: 'solution-provider',
    companyName: 'Northwind Integrators',
    registrationArea: { countryRegion: 'DE' },
    timeZone: 'Europe/Berlin',
    language: 'de',
    discount: '0.10',
  },
  {
    key: 'meridian',
    type: 'distributor',
    companyName: 'Meridian Distribution',
    registrationArea: { countryRegion: 'HK' },
    timeZone: 'Asia/Hong_Kong',
    language: 'en',
  },
];

export const TAX_RULES = [
  { countryRegion: 'SG', components: [{ code: 'VAT', rate: '0.09' }] },
  { countryRegion: 'DE', components: [{ code: 'VAT', rate: '0.19' }] },
  { countryRegion: 'HK', components: [] },
] as const;

export interface DemoBudget {
  readonly partner: DemoPartner['key'];
  readonly type: 'monthly' | 'one-time';
  readonly amount: string;
  readonly exhaustionMode: 'automatic' | 'manual';
}

/** Accounts whose usage of the month meets a threshold; every other account has plenty. */
const BUDGETS: Readonly<Record<string, DemoBudget>> = {
  '11353890204': { partner: 'sunbird', type: 'monthly', amount: '10.00', exhaustionMode: 'automatic' }, // 90 on the 27th, exhausted on the 30th
  '18938484842': { partner: 'sunbird', type: 'monthly', amount: '0.30', exhaustionMode: 'automatic' }, // 75, 90 and 100, one by one
  '46124420288': { partner: 'sunbird', type: 'monthly', amount: '0.45', exhaustionMode: 'manual' }, // 90.0 percent
  '90054491575': { partner: 'northwind', type: 'monthly', amount: '0.36', exhaustionMode: 'manual' }, // exhausted, not frozen
  '85742851457': { partner: 'northwind', type: 'monthly', amount: '0.16', exhaustionMode: 'automatic' }, // from 25 to 100 in one day
  '86259583660': { partner: 'northwind', type: 'one-time', amount: '0.22', exhaustionMode: 'automatic' }, // stays exhausted in October
  '69918885631': { partner: 'meridian', type: 'monthly', amount: '0.09', exhaustionMode: 'automatic' },
  '79982682937': { partner: 'meridian', type: 'monthly', amount: '0.06', exhaustionMode: 'manual' },
  '60626892153': { partner: 'meridian', type: 'monthly', amount: '0.06', exhaustionMode: 'manual' },
  '48430270467': { partner: 'meridian', type: 'monthly', amount: '0.03', exhaustionMode: 'automatic' },
};

const PLENTY = { type: 'monthly', amount: '100.00', exhaustionMode: 'manual' } as const;

/** The budget of an account; accounts without one of their own are dealt to the partners in turn. */
export const budgetOf = (accountId: string, index: number): DemoBudget =>
  BUDGETS[accountId] ?? { ...PLENTY, partner: (PARTNERS[index % PARTNERS.length] as DemoPartner).key };
