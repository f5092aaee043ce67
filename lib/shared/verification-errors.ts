import { defineErrors } from './errors.ts';

export const verificationErrors = defineErrors({
  CHANNEL_NOT_AVAILABLE: { status: 422, message: 'You have no address for this channel.' }, // ORG-172
  CONTACT_MISSING: { status: 422, message: 'You need a mobile number or an e-mail address to switch verification on.' }, // ORG-171
});
