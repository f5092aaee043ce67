import { defineErrors } from '#lib/shared/errors.ts';

export const groupErrors = defineErrors({
  GROUP_NOT_FOUND: { status: 404, message: 'There is no such group.' }, // CUS-011, CUS-012
  GROUP_NAME_TAKEN: { status: 409, message: 'Another group of this parent has this name.' },
  GROUP_SUBJECT_TAKEN: { status: 409, message: 'This sign-in identity already acts for somebody.' },
  GROUP_LIMIT: { status: 422, message: 'A parent has at most 200 groups.' }, // CUS-224
  GROUP_FULL: { status: 422, message: 'A group holds at most 1,000 accounts.' }, // CUS-224
  GROUP_NOT_EMPTY: { status: 409, message: 'The group still holds accounts.' }, // CUS-223
  GROUP_STATUS_UNCHANGED: { status: 409, message: 'The group has this status already.' }, // CUS-045, CUS-046
  GROUP_KIND_MISMATCH: {
    status: 422,
    message: 'A customer group takes customers, a partner group partners.',
  }, // CUS-220
  GROUP_PARENT_MISMATCH: { status: 422, message: 'The account does not belong directly to the parent of the group.' }, // CUS-220
  ALREADY_GROUPED: { status: 409, message: 'The account is in a group already; move it.' }, // CUS-226
  NOT_GROUPED: { status: 409, message: 'The account is in no group.' }, // CUS-229
  SAME_GROUP: { status: 409, message: 'The account is in this group already.' }, // CUS-229
  CONFIRMATION_REQUIRED: { status: 422, message: 'This has to be confirmed.' }, // CUS-228
  PLAN_ON_PARTNER_GROUP: { status: 422, message: 'A service plan is set on a customer group only.' }, // CUS-233
  PLAN_LINE_INVALID: { status: 422, message: 'A line of the plan cannot be accepted.' },
  PLAN_NOT_SET: { status: 409, message: 'The group has no service plan.' },
  USAGE_OF_PARTNER_GROUP: { status: 422, message: 'Usage is counted and budgeted for customer groups only.' }, // CUS-234
  GROUP_BUDGET_NOT_SET: { status: 409, message: 'The group has no budget.' },
  PERIOD_IN_FUTURE: { status: 422, message: 'This month has not begun yet.' },
});
