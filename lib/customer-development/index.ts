export { isSigned } from './association/agreements.ts';
export { announceAgreement } from './association/agreements-announce.ts';
export { publishAgreement } from './association/agreements-publish.ts';
export { currentAgreement, listSigned, loadAgreement, signAgreementWrites } from './association/agreements-store.ts';
export {
  agreementCodeField,
  agreementVersionField,
  agreementView,
  signedAgreementView,
  toAgreementView,
} from './association/agreements-view.ts';
export { associateInvited } from './association/associate-invited.ts';
export {
  associationSettingsView,
  loadAssociationSettings,
  setAssociationSettings,
  toAssociationSettingsView,
} from './association/association-settings.ts';
export { enableAndAssociate, getPassage } from './association/enable.ts';
export { associationErrors } from './association/errors.ts';
export { FAILURE_TEXTS } from './association/failure-text.ts';
export { consentFields, tokenParam } from './association/fields.ts';
export { logInThroughInvitation } from './association/log-in.ts';
export { getMyPartner, listSignedAgreements, myPartnerView, signInstructions } from './association/my-partner.ts';
export { offerView, openInvitation } from './association/offer.ts';
export { passageView, toPassageView } from './association/passage-view.ts';
export { registerThroughInvitation, requestRegistrationCode } from './association/register-account.ts';
export { associateByTicket, TICKET_ERRORS, waivedCodes } from './association/ticket.ts';
export { agreeToRequest } from './changes/agree-to-request.ts';
export { batchReject, distinctRecords } from './changes/batch-reject.ts';
export { checkDisassociation } from './changes/check-disassociation.ts';
export { endForCustomer } from './changes/end-for-customer.ts';
export { changeErrors } from './changes/errors.ts';
export { lastPartnerScope } from './changes/last-partner-scope.ts';
export { listRecordsOfCustomer, listRecordsOfPartner } from './changes/list-records.ts';
export { partyOf, requireInitiator } from './changes/party.ts';
export { examineAnswer } from './changes/pending-record.ts';
export { recordScope } from './changes/record-scope.ts';
export {
  answerView,
  checksView,
  ownRecordView,
  recordFilter,
  recordView,
  rejectionsView,
  toAnswerView,
  toChecksView,
  toRecordView,
  toRejectionsView,
} from './changes/record-view.ts';
export { rejectRequest } from './changes/reject-request.ts';
export { examineWish, requestDisassociation } from './changes/request-disassociation.ts';
export { examineTypeChange, requestTypeChange } from './changes/request-type-change.ts';
export { REVEALABLE_RECORD_FIELDS, revealRecordField } from './changes/reveal-record.ts';
export { withdrawRequest } from './changes/withdraw-request.ts';
export { invitationErrors } from './invitations/errors.ts';
export { expireInvitations } from './invitations/expire-invitations.ts';
export {
  INVITATION_EXPORT,
  mayDownloadInvitations,
  requireInvitationExport,
  startInvitationExport,
} from './invitations/export/export-job.ts';
export { goOnWithInvitationExport } from './invitations/export/go-on.ts';
export { HISTORY_SORTS } from './invitations/history-filter.ts';
export { endOfLink, type Invitation } from './invitations/invitation.ts';
export { loadInvitation } from './invitations/invitation-store.ts';
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
  invitationAssociatedWrites,
  invitationFailedWrites,
  loadInvitationOfLead,
  registeredWrites,
  sendingOf,
} from './invitations/invitation-writes.ts';
export { listInvitedCustomers } from './invitations/list-history.ts';
export { recordFailedDelivery } from './invitations/record-delivery.ts';
export { resolveToken } from './invitations/resolve-token.ts';
export { REVEALABLE_INVITATION_FIELDS, revealInvitationField } from './invitations/reveal-invitation.ts';
export { inviteByEmail, resendInvitations } from './invitations/send-invitation.ts';
export { checkAssociationType } from './leads/checks.ts';
export { deleteLeads } from './leads/delete-leads.ts';
export {
  DEVELOPMENT_GRANT,
  HARD_ERRORS,
  leadErrors,
  PREREGISTRATION_ERRORS,
  REVIEWABLE_ERRORS,
} from './leads/errors.ts';
export { loadHolidays } from './leads/holiday-store.ts';
export { holidaysView, setHolidays } from './leads/holidays.ts';
export { LEAD_STATUSES, type Lead, leadAt } from './leads/lead.ts';
export { leadAssociatedWrites } from './leads/lead-associated.ts';
export { justificationField, leadFields, reviewDecision } from './leads/lead-fields.ts';
export { leadScope } from './leads/lead-scope.ts';
export { loadLead } from './leads/lead-store.ts';
export {
  deletionView,
  leadView,
  manualReviewView,
  preregisteredView,
  toDeletionView,
  toLeadView,
  toManualReviewView,
  toPreregisteredView,
} from './leads/lead-view.ts';
export { listLeads } from './leads/list-leads.ts';
export { maskCustomerEmail, maskCustomerName } from './leads/masks.ts';
export { preregisterCustomer } from './leads/preregister.ts';
export { requestManualReview } from './leads/request-review.ts';
export { liveReservation, noOtherReservation } from './leads/reservation.ts';
export { REVEALABLE_LEAD_FIELDS, revealLeadField } from './leads/reveal-lead.ts';
export { reviewLead } from './leads/review-lead.ts';
export { listManualReviews, remindManualReviews } from './leads/reviews.ts';
export { sweepLeads } from './leads/sweep-leads.ts';
export { campaignView, createCampaign } from './links/create-campaign.ts';
export { createLink, ownGeneralLink } from './links/create-link.ts';
export { linkErrors } from './links/errors.ts';
export type { InvitationLink } from './links/link.ts';
export { linkScope } from './links/link-scope.ts';
export { customTagField, linkView, remarksField, toLinkView } from './links/link-view.ts';
export { listGenerationRecords, listPromotionalLinks } from './links/list-links.ts';
export { managerOf } from './links/manager.ts';
export { qrCodeAsPng, qrCodeAsSvg } from './links/qr-code.ts';
