export type { CustomerMonth } from './customer-month.ts';
export { usageCompleteThrough } from './feed.ts';
export { closeCustomerMonth, closedAtOf, closeMonth, listMonth, loadMonth, loadMonths } from './month-store.ts';
export {
  BILL_TYPES,
  BILLING_MODES,
  type BillingMode,
  type BillType,
  type Charge,
  type ExpenditureRecord,
  ORDER_TYPES,
  type OrderType,
  type Payment,
  SETTLEMENT_CLASSES,
  type SettlementClass,
} from './record.ts';
export { loadRecord, recordsPage } from './record-store.ts';
