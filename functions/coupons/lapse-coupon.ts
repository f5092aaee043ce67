import { isCycleBilled } from '#lib/billing/index.ts';
import { lapseCoupon, lapseMessage } from '#lib/coupons/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'lapse-coupon',
  summary: 'Lets what is left of an expired coupon lapse, once the bill of the month in which it expired is out.',
  rules: 'FIN-64, FIN-136, FIN-154, FIN-165',
  queue: 'coupon-lapses',
  timeoutSeconds: 60,
  message: lapseMessage,
  run: (message) => lapseCoupon(message, isCycleBilled),
});
