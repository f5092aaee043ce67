export { customerDetail } from './detail-view.ts';
export { queryErrors } from './errors.ts';
export {
  CUSTOMER_EXPORT,
  customerExportWish,
  requireCustomerExport,
  requireExporter,
  startCustomerExport,
} from './export/export-job.ts';
export { goOnWithCustomerExport } from './export/go-on.ts';
export { customerRow } from './list-view.ts';
export { customerSort, queryCustomers } from './query-customers.ts';
export { customerFilter } from './query-filter.ts';
export { rankCustomer } from './rank-customer.ts';
export { readDetail } from './read-detail.ts';
