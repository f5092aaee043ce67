export { cashOf, type StatementEntry } from './account.ts';
export { creditedEvent } from './credited.ts';
export { ledgerErrors } from './errors.ts';
export {
  type Bookings,
  bookings,
  loadAccount,
  loadPosting,
  loadTrialBalance,
  postingsAside,
  postingsOf,
} from './ledger-store.ts';
export { listPostings } from './list-postings.ts';
export {
  type AccountName,
  credit,
  debit,
  type Leg,
  type Posting,
  STATEMENT_TYPES,
  type StatementType,
} from './posting.ts';
export { readStatements, servedRange } from './read-statements.ts';
export { listStatements } from './statement-store.ts';
export { allocateToSubaccount } from './subaccount.ts';
export {
  accountView,
  postingView,
  statementView,
  toAccountView,
  toPostingView,
  toStatementView,
  toTrialBalanceView,
  trialBalanceView,
} from './views.ts';
