export { isOrder, restoresCoupons } from './charge-form.ts';
export { chargeInput } from './charge-input.ts';
export { REFUSAL_CODES } from './classify.ts';
export { type CustomerMonth, usageSince } from './customer-month.ts';
export { expenditureErrors } from './errors.ts';
export { declareComplete, usageCompleteThrough } from './feed.ts';
export { createImport, listImportProblems, listImports, requireImport, startImport } from './import-job.ts';
export { importView, problemPage, toImportView } from './import-view.ts';
export { ingest } from './ingest.ts';
export {
  closeCustomerMonth,
  closeMonth,
  listMonth,
  loadMonth,
  loadMonths,
  loadMonthsOf,
  monthPage,
  usageNotGrown,
} from './month-store.ts';
export { type PostedCharge, postCharge } from './post-charge.ts';
export { productKey } from './product.ts';
export { requireEntry } from './quarantine.ts';
export { listEntries } from './quarantine-store.ts';
export { quarantineEntryView, toQuarantineEntryView } from './quarantine-view.ts';
export type { Delivery } from './receipt.ts';
export { receiptTotals, receiptView, totalsOf } from './receipt-view.ts';
export {
  BILL_TYPES,
  type BillingMode,
  type BillType,
  type Charge,
  type ExpenditureRecord,
  type OrderType,
} from './record.ts';
export { indexKeyOf, loadRecord, type PackedRecord, packedPage, recordsPage, unpackRecord } from './record-store.ts';
export { releaseEntry } from './release.ts';
export { runImport } from './run-import.ts';
export { aggregateDay } from './summary-aggregate.ts';
export { publishedThrough } from './summary-day.ts';
export { summaryMessage } from './summary-message.ts';
export { readSummary } from './summary-read.ts';
export { summaryView, toSummaryView } from './summary-view.ts';
export { detailsView, toDetailsView } from './view.ts';
export { listDetails } from './view-details.ts';
export { associationTypeFilter, cycleQuery, detailFilter } from './view-filter.ts';
