import { defineErrors, type ErrorDefinition } from '#lib/shared/errors.ts';
import type { FailureCode } from './failure.ts';

interface FailureText {
  /** What the customer and the partner read. */
  readonly message: string;
  /** What the partner can do. */
  readonly advice: string;
}

const SEND_AGAIN = 'Send the invitation again by e-mail.';
const IMPOSSIBLE = 'The customer cannot be associated.';
const NOT_AS_RESELLER = 'The customer cannot be associated in the reseller model.';
const USE_RESELLER_MODEL = 'Invite the customer in the reseller model.';
const RAISE_TICKET = 'The customer raises a ticket or calls the service.';

/** Words and advice of the table of DEV-93, by cause. */
export const FAILURE_TEXTS: Readonly<Record<FailureCode, FailureText>> = {
  LINK_NOT_FOUND: { message: 'The invitation does not exist or was cancelled.', advice: SEND_AGAIN },
  LINK_EXPIRED: { message: 'The invitation has expired or was replaced by a newer one.', advice: SEND_AGAIN },
  CODE_USED: { message: 'The invitation was taken up by another account.', advice: SEND_AGAIN },
  LINK_USED: { message: 'The invitation has already led to an association.', advice: SEND_AGAIN },
  PREPAID_PARTNER: { message: 'A prepaid partner has no customers in the reseller model.', advice: SEND_AGAIN }, // DEV-212
  REFERRAL_NOT_ALLOWED_RELATIONSHIP: {
    message: 'What the partner has signed excludes the referral model.',
    advice: USE_RESELLER_MODEL,
  },
  REFERRAL_NOT_ALLOWED_COUNTRY: {
    message: 'The country or region of registration excludes the referral model.',
    advice: USE_RESELLER_MODEL,
  },
  MAINLAND_ACCOUNT: { message: 'The account belongs to the Chinese mainland website.', advice: IMPOSSIBLE },
  REGISTERED_BY_OTHER_PARTNER: { message: 'Another partner has pre-registered the customer.', advice: IMPOSSIBLE },
  IS_PARTNER: { message: 'The account is a partner or is applying to be one.', advice: IMPOSSIBLE },
  ASSOCIATED_WITH_OTHER: { message: 'The account is associated with another partner.', advice: IMPOSSIBLE },
  SPECIAL_CONTRACT: {
    message: 'The account has an offline, telemarketing or special-offer contract with the platform.',
    advice: IMPOSSIBLE,
  },
  INTERNAL_ACCOUNT: { message: 'The account is internal to the platform.', advice: IMPOSSIBLE },
  UNIFIED_ACCOUNTING: {
    message: 'The account belongs to an enterprise master in the unified accounting model.',
    advice: IMPOSSIBLE,
  },
  ENTERPRISE_MASTER: {
    message: 'The account is an enterprise master with members that account independently.',
    advice: NOT_AS_RESELLER,
  },
  ENTERPRISE_MEMBER: {
    message: 'The account is the member of an enterprise master.',
    advice: 'The customer cannot be associated in the reseller model unless it leaves the master first.',
  },
  PROFESSIONAL_SERVICE_CONTRACT: {
    message: 'The account has a professional-service contract with the platform.',
    advice: NOT_AS_RESELLER,
  },
  VALID_RESERVED_INSTANCE: {
    message: 'The account has a reserved instance that has not expired.',
    advice: NOT_AS_RESELLER,
  },
  CONSUMPTION_RECORD: { message: 'The account has cash expenditure on record.', advice: RAISE_TICKET },
  BALANCE_OR_INVOICE: {
    message: 'The account has a top-up balance and outstanding invoices over the limit.',
    advice: RAISE_TICKET,
  },
  REGISTERED_TOO_LONG: { message: 'The account was registered more than seven days ago.', advice: RAISE_TICKET },
  OVERDUE: {
    message: 'The account has unpaid bills.',
    advice: 'The customer tops up, repays and then raises a ticket.',
  },
  CREDIT_BILL_OVERDUE: {
    message: "The bill of the account's credit is overdue.",
    advice: 'The customer repays everything and then raises a ticket.',
  },
  SYSTEM_BUSY: {
    message: 'The association could not be made for a technical reason.',
    advice: 'Contact the customer service.',
  },
};

/** A cause as the refusal of a ticket, which is judged at once (DEV-109). */
export const BLOCKED: Readonly<Record<string, ErrorDefinition>> = defineErrors(
  Object.fromEntries(
    Object.entries(FAILURE_TEXTS)
      .filter(([code]) => !/^LINK_|^CODE_|^SYSTEM_/.test(code))
      .map(([code, { message }]) => [code, { status: 409, message }]),
  ),
);

/** What the row of an invitation keeps of a failed attempt. */
export const toFailure = (code: FailureCode): { code: FailureCode; message: string; advice: string } => ({
  code,
  ...FAILURE_TEXTS[code],
});
