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
  customerIdsOfAccounts,
  customerUnchanged,
  listAssociations,
  listCustomersOfPartner,
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
export { checkRestriction, restrictPayPerUse } from './pay-per-use.ts';
export { queryCustomers } from './query-customers.ts';
export { customerIdentity, newCustomerWrites, registerCustomer } from './register.ts';
export { revealField } from './reveal.ts';
export { retentionDays } from './settings.ts';
