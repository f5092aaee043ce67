export { acknowledgeAlert } from './acknowledge-alert.ts';
export { listAdjustments } from './adjustment-store.ts';
export { adjustmentView, toAdjustmentView } from './adjustment-view.ts';
export { DELIVERIES, type Delivery } from './alert.ts';
export { alertScope } from './alert-scope.ts';
export { listAlerts } from './alert-store.ts';
export { alertFilter, alertView, toAlertFilter, toAlertView } from './alert-view.ts';
export { batchSetBudgets } from './batch-set-budgets.ts';
export { batchView, toBatchView } from './batch-view.ts';
export { BUDGET_TYPES, EXHAUSTION_MODES } from './budget.ts';
export { requireAmount } from './budget-decision.ts';
export { checkPermissionWish, loadPermission, setBudgetPermission } from './budget-permission.ts';
export { budgetView, changedBudgetView, toBudgetView, toChangedBudgetView } from './budget-view.ts';
export { checkBatchWish, checkBudgetWish, checkWithdrawal } from './check-wish.ts';
export { closeBudgetWrites } from './close-budget.ts';
export { closeCarriedOut } from './control-requests/carried-out.ts';
export { CONTROL_REQUEST_KINDS, CONTROL_REQUEST_STATUSES } from './control-requests/control-request.ts';
export { controlRequestErrors } from './control-requests/errors.ts';
export { toHappening } from './control-requests/happening.ts';
export { listControlRequests } from './control-requests/list-requests.ts';
export { closeRequest, requestControlChange } from './control-requests/request-change.ts';
export { controlRequestScope } from './control-requests/request-scope.ts';
export { controlRequestView, toControlRequestView } from './control-requests/request-view.ts';
export { budgetErrors } from './errors.ts';
export { evaluateCustomer } from './evaluate-customer.ts';
export { evaluatePage, evaluationMessage, planEvaluations, planForecasts } from './evaluate-partner.ts';
export { loadForecastAlerts } from './forecast/alert-store.ts';
export { forecastView, toForecastView } from './forecast/forecast-view.ts';
export { readForecast } from './forecast/read-forecast.ts';
export { setForecastAlerts } from './forecast/switch.ts';
export { freezeCustomers } from './freeze-customers.ts';
export { listAlertsOfPartner } from './list-alerts.ts';
export { ACTIONS, BILLING_MODES } from './purchases/action-matrix.ts';
export { checkAction } from './purchases/check-action.ts';
export { purchaseErrors } from './purchases/errors.ts';
export {
  actionAnswerView,
  purchaseIdField,
  purchaseView,
  toActionAnswerView,
  toPurchaseView,
} from './purchases/purchase-view.ts';
export { releasePurchase, settlePurchase } from './purchases/settle.ts';
export { sweepPurchases } from './purchases/sweep.ts';
export { loadQuota } from './quota-store.ts';
export { quotaView, toQuotaView } from './quota-view.ts';
export { readBudget, requireResellerModel } from './read-budget.ts';
export { type BudgetStanding, readBudgets } from './read-budgets.ts';
export { listRecipients } from './recipient-store.ts';
export { addRecipient, dropRecipient, recipientsAt, recipientView, toRecipientView } from './recipients.ts';
export { recordDelivery } from './record-delivery.ts';
export { resellerScope } from './reseller-scope.ts';
export { setBudget } from './set-budget.ts';
export { reachedThresholds, THRESHOLDS, type Threshold } from './threshold.ts';
export { checkUnfreezing, unfreezeCustomers } from './unfreeze-customers.ts';
export { withdrawBudget } from './withdraw-budget.ts';
