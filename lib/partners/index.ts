export { setContractingEntity } from './contracting-entity.ts';
export { billPermissionView, setBillPermission, toBillPermissionView } from './customer-bill-permission.ts';
export { partnerErrors } from './errors.ts';
export { isBilled, type Partner } from './partner.ts';
export { ownPartnerScope, partnerScope } from './partner-scope.ts';
export { listPartners, listResellersOf, loadPartner } from './partner-store.ts';
export { partnerView, toPartnerView } from './partner-view.ts';
export {
  hasSetCurrency,
  paymentCurrencyOf,
  paymentCurrencyView,
  setPaymentCurrency,
  toPaymentCurrencyView,
} from './payment-currency.ts';
export { setPaymentTerms } from './payment-terms.ts';
export { registerPartnerWithOwner, registrationWrites } from './register.ts';
export { switchesView, switchGrant, switchPrepaid, toSwitchesView } from './switches.ts';
