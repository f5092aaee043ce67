import * as z from 'zod';
import { instant } from '#lib/shared/time.ts';

/** Contracts that a customer can have signed with the platform itself. */
const CONTRACTS = [
  'direct-offline',
  'telemarketing-discount',
  'direct-special-offer',
  'professional-service',
  'other',
] as const;

const timeText = z.string().transform((text, context) => {
  try {
    return instant(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no RFC 3339 time' });
    return z.NEVER;
  }
});

/** CustomerFacts: what the platform's own systems (account registry, contracts, arrears) say of one account, as they send it. */
export const accountFacts = z.object({
  /** The sub-account that usage files name; unique and never given twice. */
  accountId: z.string().min(1),
  accountName: z.string().min(1),
  /** Normalised: trimmed and in lower case (DEV-25). */
  email: z.string().min(1),
  mobileNumber: z.string().optional(),
  /** The identity with which the account's owner signs in at the token issuer. */
  subject: z.string().min(1),
  customerName: z.string().optional(),
  customerLevel: z.string().optional(),
  userType: z.enum(['enterprise', 'individual']).default('enterprise'),
  site: z.enum(['international', 'chinese-mainland']).default('international'),
  registeredAt: timeText,
  /** ISO 3166-1; fixed once services are enabled (DEV-89). */
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  servicesEnabled: z.boolean().default(false),
  hasCashExpenditure: z.boolean().default(false),
  directSalesFollowUp: z.boolean().default(false),
  onlineSalesOwned: z.boolean().default(false),
  contracts: z.array(z.enum(CONTRACTS)).default([]),
  enterpriseRole: z.enum(['none', 'master', 'member']).default('none'),
  hasIndependentAccountingMembers: z.boolean().default(false),
  unifiedAccounting: z.boolean().default(false),
  overdue: z.boolean().default(false),
  creditBillRunCreated: z.boolean().default(false),
  /** Decimal strings in the account's currency. */
  topUpBalance: z.string().default('0.00'),
  outstandingInvoiceAmount: z.string().default('0.00'),
  reservedInstances: z.array(z.object({ validUntil: timeText })).default([]),
  /** A support plan bought by way of the partner (ORD-19). */
  partnerSupportPlanUntil: timeText.optional(),
  ordersAwaitingPartnerPayment: z.number().int().min(0).default(0),
  isPartner: z.boolean().default(false),
  isApplyingPartner: z.boolean().default(false),
  isInternalAccount: z.boolean().default(false),
  // What the eligibility of a reseller asks for beside (DEV-119).
  hasProvisionedResources: z.boolean().default(false),
  hasConsumptionRecords: z.boolean().default(false),
  listed: z.enum(['none', 'black', 'yellow']).default('none'),
  frozenFor: z.enum(['none', 'security', 'arrears', 'violation']).default('none'),
  hasCreditAccount: z.boolean().default(false),
  realNameAuthentication: z.enum(['none', 'under-way', 'done']).default('none'),
  /** Names the company behind several accounts. */
  companyId: z.string().optional(),
  /** ONB-31: from its application as a reseller on the account buys nothing. */
  purchaseBlocked: z.boolean().default(false),
});

export type AccountFacts = z.output<typeof accountFacts>;
