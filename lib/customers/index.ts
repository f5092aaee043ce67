export {
  type AssociationWish,
  activeAssociation,
  associateCustomer,
  associationWrites,
  managingPartner,
} from './associate.ts';
export { associationAt } from './association-at.ts';
export { controlEvent, controlWrites } from './control-change.ts';
export { batchIdOf, CONTROL_BATCH, type Controller, checkControlRequest } from './control-request.ts';
export {
  type ControlNote,
  controlBody,
  controlResults,
  freezeRecordView,
  refusedCustomer,
  toControlResults,
  toFreezeRecordView,
  toRefused,
} from './control-view.ts';
export { type Controlled, loadControlled } from './controlled.ts';
export type {
  Association,
  AssociationType,
  Customer,
  CustomerControl,
  FreezeLevel,
} from './customer.ts';
export { customerScope, isVisible } from './customer-scope.ts';
export {
  associationUnchanged,
  customerIdsOfAccounts,
  customerUnchanged,
  listAssociations,
  listCustomersOfPartner,
  listCustomersOfReseller,
  listFreezeHistory,
  listFreezeRecords,
  loadCustomer,
  loadCustomers,
} from './customer-store.ts';
export { customerView, REVEALABLE_FIELDS, toCustomerView } from './customer-view.ts';
export { distinctCustomers, eachCustomer, type Outcome } from './each-customer.ts';
export { changeTypeWrites, endAssociationWrites } from './end-association.ts';
export { controlErrors, customerErrors } from './errors.ts';
export {
  type ControlChange,
  decideFreeze,
  type FrozenLevel,
  freezeForExhaustion,
  requireFrozenAt,
  unfreeze,
} from './freeze.ts';
export { type Freeze, freezeAt } from './freeze-at.ts';
export {
  assignManager,
  assignManagerToEach,
  checkAssignmentBatch,
} from './managers/assign.ts';
export { managerOfDay } from './managers/attribution.ts';
export { listCandidates } from './managers/candidates.ts';
export { managesFor } from './managers/eligible.ts';
export { endAssignments, endingMessage, planEndings } from './managers/end-assignments.ts';
export type { Assignment } from './managers/history.ts';
export { listAssignedCustomers, listManagers } from './managers/list-managers.ts';
export { endAssignmentsOfLost } from './managers/lost-manager.ts';
export { accountManagerScope } from './managers/manager-scope.ts';
export {
  assignedCustomerView,
  assignmentBody,
  assignmentHistoryView,
  assignmentResults,
  assignmentView,
  attributionMonth,
  attributionView,
  candidateView,
  managerHead,
  managerView,
  toAssignedCustomerView,
  toAssignmentResults,
  toAssignmentView,
  toAttributionView,
  toCandidateView,
  toManagerHead,
  toManagerView,
} from './managers/manager-view.ts';
export { loadAssignments, readHistory } from './managers/read-history.ts';
export { unassignFromEach } from './managers/unassign.ts';
export { isOfPartner } from './of-partner.ts';
export { checkRestriction, restrictPayPerUse } from './pay-per-use.ts';
export {
  type CustomerRank,
  listRanked,
  loadRank,
  loadRanks,
  type Ranked,
  type RankedList,
  type Ranking,
  replaceRank,
  standsIn,
} from './query-rank-store.ts';
export { type CustomerEntry, type CustomerList, listEntries } from './query-store.ts';
export { customerIdentity, newCustomerWrites, registerCustomer } from './register.ts';
export { releaseEvents, releaseFrozenResources } from './resources/release-resources.ts';
export { warnRetentionEnd } from './resources/warn-retention-end.ts';
export { revealField } from './reveal.ts';
export { retentionDays } from './settings.ts';
