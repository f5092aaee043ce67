export { book, cashOf, type FinanceAccount, type StatementEntry } from './account.ts';
export { ledgerErrors } from './errors.ts';
export {
  bookings,
  type KeptPosting,
  loadAccount,
  loadPosting,
  loadTrialBalance,
  postingsAside,
  postingsOf,
} from './ledger-store.ts';
export {
  type AccountName,
  credit,
  debit,
  type Leg,
  type Posting,
  STATEMENT_TYPES,
  type StatementType,
} from './posting.ts';
export { listStatements } from './statement-store.ts';
