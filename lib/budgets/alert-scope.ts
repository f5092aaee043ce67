import { isVisible, loadCustomer } from '#lib/customers/index.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { BudgetAlert } from './alert.ts';
import { loadAlert } from './alert-store.ts';
import { budgetErrors } from './errors.ts';

/** The alert named in the path, if the caller may see its customer, and sees it as a customer of the partner that was alerted. */
export const alertScope: Scope<BudgetAlert> = {
  name: 'budget-alert',
  parameter: 'alertId',
  notFound: budgetErrors.ALERT_NOT_FOUND,
  load: async (actor, alertId, options) => {
    const alert = await loadAlert(alertId);
    const customer = alert && (await loadCustomer(alert.customerId, options));
    if (!customer || customer.association?.partnerId !== alert.partnerId) return undefined;
    return (await isVisible(actor, customer)) ? alert : undefined;
  },
};
