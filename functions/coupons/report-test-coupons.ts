import { reportMessage, reportTestCoupons } from '#lib/coupon-reports/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'report-test-coupons',
  summary: 'Sums what test coupons paid for and what is expected, customer by customer, and tells the partner.',
  rules: 'FIN-138 to FIN-141, FIN-165, FIN-179',
  queue: 'test-coupon-reports',
  timeoutSeconds: 60,
  message: reportMessage,
  run: (message, { now }) => reportTestCoupons(message, now),
});
