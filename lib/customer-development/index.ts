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
export { developsCustomers } from './develops-customers.ts';
export { requireOpenType } from './invitations/association-type.ts';
export { invitationErrors } from './invitations/errors.ts';
export { expireInvitations } from './invitations/expire-invitations.ts';
export {
  endOfLink,
  type Invitation,
  type InvitationFailure,
  type InvitationStatus,
  type InvitedAccount,
  invitationAt,
} from './invitations/invitation.ts';
export { listInvitationsOfCustomer, loadInvitation } from './invitations/invitation-store.ts';
export {
  associationTypeField,
  invitationMethodField,
  invitationResults,
  invitationStatusField,
  invitationView,
  toInvitationResults,
  toInvitationView,
} from './invitations/invitation-view.ts';
export {
  cancelInvitationWrites,
  invitationAssociatedWrites,
  invitationFailedWrites,
  invitationWrites,
  loadInvitationOfLead,
  registeredWrites,
  sendingOf,
} from './invitations/invitation-writes.ts';
export { recordFailedDelivery } from './invitations/record-delivery.ts';
export { type ResolvedToken, resolveToken } from './invitations/resolve-token.ts';
export { inviteByEmail, resendInvitations } from './invitations/send-invitation.ts';
export { leadErrors } from './leads/errors.ts';
export { type Lead, type LeadStatus, leadAt, normaliseEmail } from './leads/lead.ts';
export { leadAssociatedWrites } from './leads/lead-associated.ts';
export { loadLead, loadLeads } from './leads/lead-store.ts';
export type { ReviewableReason } from './leads/reasons.ts';
export { liveReservation, noOtherReservation } from './leads/reservation.ts';
export type { InvitationLink } from './links/link.ts';
export { managerOf } from './links/manager.ts';
