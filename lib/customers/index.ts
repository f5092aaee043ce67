export { associationAt } from './association-at.ts';
export { requireController } from './control.ts';
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
export { controlErrors, customerErrors } from './errors.ts';
export { queryCustomers } from './query-customers.ts';
export { associateCustomer, registerCustomer } from './register.ts';
export { revealField } from './reveal.ts';
