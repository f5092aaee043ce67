import { accountErrors } from '#lib/accounts/index.ts';
import { defineErrors } from '#lib/shared/errors.ts';
import { HARD_REASONS, REVIEWABLE_REASONS } from './reasons.ts';

export const leadErrors = defineErrors({
  LEAD_NOT_FOUND: { status: 404, message: 'There is no such lead.' },
  CUSTOMER_DEVELOPMENT_DISABLED: { status: 403, message: 'Customer development is not enabled for this distributor.' }, // DEV-22
  PARTNER_CONTACT_MISSING: {
    status: 409,
    message: 'Your account record has neither a mobile number nor an e-mail address; add one of them first.',
  }, // DEV-21
  ASSOCIATION_TYPE_NOT_ALLOWED: { status: 409, message: 'This association type is not open to your partner account.' }, // DEV-09, DEV-10
  PREPAID_PARTNER: { status: 409, message: 'A prepaid partner cannot take customers in the reseller model.' }, // DEV-58
  DUPLICATE_PREREGISTRATION: { status: 409, message: 'You hold a valid lead for this e-mail address already.' }, // DEV-38
  PREREGISTRATION_LIMIT: { status: 409, message: 'The partner holds 100 leads that are valid or under review.' }, // DEV-23
  MAINLAND_ACCOUNT: { status: 409, message: 'The customer is registered on the Chinese mainland website.' }, // DEV-27
  ALREADY_ASSOCIATED: { status: 409, message: 'The customer is associated with a partner already.' }, // DEV-28, DEV-40
  PREREGISTERED_BY_OTHER: { status: 409, message: 'Another partner holds a valid lead for this e-mail address.' }, // DEV-29, DEV-40
  CONTRACT_SIGNED: { status: 409, message: 'The customer has signed a contract with the platform.' }, // DEV-30
  CASH_EXPENDITURE: { status: 409, message: 'The customer has cash expenditure.' }, // DEV-31
  UNIFIED_ACCOUNTING: { status: 409, message: 'The customer belongs to an enterprise in unified accounting.' }, // DEV-32
  REGISTERED_OVER_7_DAYS: { status: 409, message: 'The account is older than seven days.' }, // DEV-33
  CASH_EXPENDITURE_FOLLOWED_UP: {
    status: 409,
    message: 'The customer has cash expenditure and is followed up by direct sales.',
  }, // DEV-34
  COUNTRY_MISMATCH: { status: 409, message: "The account's country is not the one in which you do business." }, // DEV-35
  ONLINE_SALES_OWNED: { status: 409, message: "The customer belongs to the platform's online sales." }, // DEV-36
  REVIEW_NOT_NEEDED: { status: 409, message: 'Nothing speaks against this lead; pre-register it.' }, // DEV-45
  REVIEW_NOT_PENDING: { status: 409, message: 'The lead is not waiting for a review.' },
  PREREGISTRATION_NOT_DELETABLE: { status: 409, message: 'A lead under review or associated cannot be deleted.' }, // DEV-52
  PREREGISTRATION_NOT_ACTIVE: { status: 409, message: 'The lead is not validly pre-registered.' }, // DEV-54
});

/** The partner's own right to win customers; its absence has a name of its own (DEV-22). */
export const DEVELOPMENT_GRANT = {
  grant: 'customer-development',
  error: leadErrors.CUSTOMER_DEVELOPMENT_DISABLED,
} as const;

/** What a hard reason against a lead is called, wherever one is looked for (DEV-27 to DEV-32). */
export const HARD_ERRORS = HARD_REASONS.map((reason) => leadErrors[reason]);

export const REVIEWABLE_ERRORS = REVIEWABLE_REASONS.map((reason) => leadErrors[reason]);

/** What stands against entering a lead at all, in the order of DEV-218. */
export const PREREGISTRATION_ERRORS = [
  leadErrors.PARTNER_CONTACT_MISSING,
  leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED,
  leadErrors.PREPAID_PARTNER,
  leadErrors.DUPLICATE_PREREGISTRATION,
  leadErrors.PREREGISTRATION_LIMIT,
  ...HARD_ERRORS,
  accountErrors.PLATFORM_UNAVAILABLE,
];
