export { associationAt } from './association-at.ts';
export { requireController } from './control.ts';
export type { Association, AssociationType, Customer, CustomerControl, FreezeCause, FreezeChange, FreezeLevel } from './customer.ts';
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
export { controlErrors, customerErrors } from './errors.ts';
export { associateCustomer, registerCustomer } from './register.ts';
