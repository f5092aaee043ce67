export { listAdjustments, listCorrectionsOf } from './adjustments/adjustment-store.ts';
export { adjustmentView, effectView, toAdjustmentView, toEffectView } from './adjustments/adjustment-view.ts';
export { postAdjustment } from './adjustments/post-adjustment.ts';
export { advancePartner } from './advance-partner.ts';
export { BILL_CURRENCY, paymentDecimals } from './bill.ts';
export { billIdOf, parseBillId } from './bill-id.ts';
export { billStands, DUE_SHARDS, listBills, listDue, loadBill, moveDebt, openBills } from './bill-store.ts';
export { billView, issuedBillView, paymentText, toBillView, toIssuedBillView } from './bill-view.ts';
export { customersView, productsView, toCustomersView, toProductsView } from './breakdown/breakdown-view.ts';
export { readCustomers, readProducts } from './breakdown/read-breakdown.ts';
export type { ProductNode } from './breakdown/tree.ts';
export { linksView, toLinksView, toVoidingView, voidingView } from './corrections/correction-view.ts';
export { linksOf } from './corrections/links.ts';
export { reissueBill } from './corrections/reissue-bill.ts';
export { voidBill } from './corrections/void-bill.ts';
export { isCycleBilled } from './cycle-billed.ts';
export {
  type Allocation,
  allocate,
  allocated,
  clearByCertificate,
  DEBT_STATUSES,
  type Debt,
  dropCertificate,
  expectCertificate,
  type IssuedBill,
  isFullyPaid,
  isOverdue,
  pay,
  payable,
  payableInMoney,
  writeOff,
} from './debt.ts';
export { type CommercialDiscount, DISCOUNT_TYPES } from './discount.ts';
export { DISCOUNT_STATUSES, discountItemInput, discountView, toDiscountView } from './discount-view.ts';
export {
  billingErrors,
  correctionErrors,
  exportErrors,
  previewErrors,
  reconciliationErrors,
  ruleErrors,
  runErrors,
} from './errors.ts';
export { estimateMessage } from './estimate-message.ts';
export { estimatesByCustomer } from './estimates-by-customer.ts';
export { latestRateOf, listExchangeRates } from './exchange-rate-store.ts';
export { exchangeRateView, toExchangeRateView } from './exchange-rate-view.ts';
export { explainLine } from './explain-line.ts';
export { explanationView, toExplanationView } from './explanation-view.ts';
export { EXPORT_JOB, requireExport, startExport } from './exports/export-job.ts';
export { goOnWithExport } from './exports/go-on.ts';
export { exportWish } from './exports/wish.ts';
export { cycleField, partnerField, reasonField } from './fields.ts';
export { endDiscount, setDiscount } from './grant-discount.ts';
export { lineView, toLineView } from './line-view.ts';
export { billPartMessage, billRunMessage } from './messages.ts';
export { billDocumentAnswer, billPageAnswer } from './page/answer.ts';
export { PAGE_LANGUAGES } from './page/words.ts';
export { orPark, rerunPartner } from './park-partner.ts';
export { paymentEnds, paymentStarts } from './payments-under-way.ts';
export { planRun } from './plan-run.ts';
export { previewMessage } from './preview/messages.ts';
export { planPreviews, previewsOf, requirePreview, startPreview, startPreviews } from './preview/preview-job.ts';
export { previewView, toPreviewView } from './preview/preview-view.ts';
export { workOnPreview } from './preview/work-on-preview.ts';
export { readBill } from './read-bill.ts';
export { queryDiscounts, withCustomers } from './read-discounts.ts';
export { readLines } from './read-lines.ts';
export { readPartners, watchRun, withBills } from './read-run.ts';
export { planReconciliation, startReconciliation } from './reconciliation/ask.ts';
export { reconciliationMessage } from './reconciliation/messages.ts';
export { reconcilePartner } from './reconciliation/reconcile.ts';
export { listDifferences, listReconciliations, loadReconciliation } from './reconciliation/reconciliation-store.ts';
export {
  differenceView,
  reconciliationView,
  toDifferenceView,
  toReconciliationView,
} from './reconciliation/reconciliation-view.ts';
export { cyclesToEstimate, refreshEstimates, refreshStep } from './refresh-estimates.ts';
export { PARTNER_STATES } from './run.ts';
export { listRuns, loadTally } from './run-store.ts';
export { partnerRunView, runView, toPartnerRunView, toRunView } from './run-view.ts';
export { setExchangeRate } from './set-exchange-rate.ts';
export { setTaxRule } from './set-tax-rule.ts';
export { settlePart } from './settle-part.ts';
export { requireRun, startRun } from './start-run.ts';
export type { TaxComponent } from './tax.ts';
export { listTaxRules } from './tax-rule-store.ts';
export { taxComponentInput, taxRuleView, toTaxRuleView, withholdingInput } from './tax-rule-view.ts';
export { settlementsOf } from './totals.ts';
export { requireValidBill } from './valid-bill.ts';
export { billedPartners, billScope, discountScope, type NamedBill, partnerOf } from './whose.ts';
