export { planReports, reportMessage } from './plan-reports.ts';
export { reportTestCoupons } from './report-test-coupons.ts';
