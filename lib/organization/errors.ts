import { defineErrors } from '#lib/shared/errors.ts';

export const organizationErrors = defineErrors({
  ROLE_COUNT: { status: 422, message: 'A member holds one to three roles.' }, // ORG-03
  ROLE_CONFLICT: { status: 422, message: 'These roles cannot be held together.' }, // ORG-04, ORG-05
  USERNAME_TAKEN: { status: 409, message: 'Another member of the partner has this username.' },
  MEMBER_EMAIL_TAKEN: { status: 409, message: 'Another member of the partner has this e-mail address.' },
  MEMBER_SUBJECT_TAKEN: { status: 409, message: 'This sign-in identity already acts for somebody.' },
  MEMBER_NOT_FOUND: { status: 404, message: 'There is no such member.' },
  DIRECTOR_INVALID: {
    status: 422,
    message: 'A director is an account director of the same partner, and only an account manager has one.',
  },
  OPERATOR_SUBJECT_TAKEN: { status: 409, message: 'This sign-in identity already acts for somebody.' },
});
