export { associationAt } from './association-at.ts';
export { requireController } from './control.ts';
export { controlEvent, controlWrites } from './control-change.ts';
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
  FreezeCause,
  FreezeChange,
  FreezeLevel,
} from './customer.ts';
export { customerScope, isVisible } from './customer-scope.ts';
export {
  appendFreezeRecord,
  customerIdsOfAccounts,
  type FreezeRecord,
  listAssociations,
  listCustomersOfManager,
  listCustomersOfPartner,
  listCustomersOfReseller,
  listFreezeRecords,
  loadCustomer,
  loadCustomers,
  replaceCustomer,
} from './customer-store.ts';
export { customerView, REVEALABLE_FIELDS, toCustomerView } from './customer-view.ts';
export { distinctCustomers, eachCustomer, type Outcome } from './each-customer.ts';
export { controlErrors, customerErrors } from './errors.ts';
export {
  type ControlChange,
  decideFreeze,
  type FrozenLevel,
  freezeForExhaustion,
  requireFrozenAt,
  requireReason,
  unfreeze,
} from './freeze.ts';
export { batchIdOf, CONTROL_BATCH, type Controller, checkControlRequest, restrictPayPerUse } from './pay-per-use.ts';
export { queryCustomers } from './query-customers.ts';
export { associateCustomer, registerCustomer } from './register.ts';
export { revealField } from './reveal.ts';
export { retentionDays } from './settings.ts';
