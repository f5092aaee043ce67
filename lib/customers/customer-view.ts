import * as z from 'zod';
import { maskEmail, maskName, maskPhone } from '#lib/shared/masking.ts';
import type { Customer } from './customer.ts';

const freezeLevel = z.enum(['none', 'account', 'account-and-resources']);

export const customerView = z.object({
  customerId: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  email: z.string().nullable().meta({ description: 'Masked' }),
  mobileNumber: z.string().nullable().meta({ description: 'Masked' }),
  userType: z.enum(['enterprise', 'individual']),
  customerLevel: z.string().nullable(),
  customTag: z.string().nullable(),
  association: z
    .object({
      type: z.enum(['reseller', 'referral']),
      partnerId: z.string(),
      resellerId: z.string().nullable(),
      associatedOn: z.string(),
      accountManagerId: z.string().nullable().meta({ description: "The acting partner's account manager" }),
    })
    .nullable(),
  freezeLevel,
  freezeCause: z.enum(['association-default', 'manual', 'budget-exhaustion']).nullable(),
  frozenAt: z.string().nullable(),
  retentionUntil: z.string().nullable(),
  payPerUseRestricted: z.boolean(),
  availableCredit: z.null().meta({ description: 'Not defined in the reseller model (CUS-280)' }),
  version: z.number().int(),
});

/** A customer as lists and details show it; personal fields masked (CUS-049). @param partnerId whose account manager to show */
export function toCustomerView(customer: Customer, partnerId: string | undefined): z.input<typeof customerView> {
  const { association, control } = customer;
  return {
    customerId: customer.customerId,
    accountId: customer.accountId,
    accountName: customer.accountName,
    customerName: customer.customerName ? maskName(customer.customerName) : null,
    email: customer.email ? maskEmail(customer.email) : null,
    mobileNumber: customer.mobileNumber ? maskPhone(customer.mobileNumber) : null,
    userType: customer.userType,
    customerLevel: customer.customerLevel ?? null,
    customTag: customer.customTag ?? null,
    association:
      association && !association.endedAt
        ? {
            type: association.type,
            partnerId: association.partnerId,
            resellerId: association.resellerId ?? null,
            associatedOn: association.since,
            accountManagerId: (partnerId && association.accountManagers[partnerId]) ?? null,
          }
        : null,
    freezeLevel: control.freezeLevel,
    freezeCause: control.freezeCause ?? null,
    frozenAt: control.frozenAt ?? null,
    retentionUntil: control.retentionUntil ?? null,
    payPerUseRestricted: control.payPerUseRestricted,
    availableCredit: null,
    version: customer.version,
  };
}

/** The fields that `reveal-field` gives in clear (CUS-049). */
export const REVEALABLE_FIELDS = ['customerName', 'email', 'mobileNumber', 'accountManagerName'] as const;
