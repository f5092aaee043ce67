export {
  AGREEMENT_CODES,
  type AgreementCode,
  type AgreementText,
  isSigned,
  type SignedAgreement,
  type Signer,
} from './association/agreements.ts';
export { currentAgreement, listSigned, loadAgreement, signAgreementWrites } from './association/agreements-store.ts';
export { associationErrors } from './association/errors.ts';
export { leadErrors } from './leads/errors.ts';
export { type Lead, type LeadStatus, leadAt, normaliseEmail } from './leads/lead.ts';
export { leadAssociatedWrites } from './leads/lead-associated.ts';
export { loadLead, loadLeads } from './leads/lead-store.ts';
export type { ReviewableReason } from './leads/reasons.ts';
export { liveReservation, noOtherReservation } from './leads/reservation.ts';
