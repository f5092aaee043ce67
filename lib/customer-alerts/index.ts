export { CHURN_STATUSES } from './alert.ts';
export { countUnhandled, customerAlertScope, seesAlerts } from './alert-scope.ts';
export {
  customerAlertView,
  listedAlertView,
  toCustomerAlertView,
  toListedAlertView,
  verdictBody,
} from './alert-view.ts';
export { detectionMessage, detectPage, planDetections } from './detect.ts';
export { churnErrors } from './errors.ts';
export { listCustomerAlerts } from './list-alerts.ts';
export { processAlert } from './process-alert.ts';
export { acceptAlert } from './raise.ts';
