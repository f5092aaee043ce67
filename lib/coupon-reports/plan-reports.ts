import * as z from 'zod';
import { listTestHolders } from '#lib/coupons/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import {
  businessDayOf,
  dayPlus,
  fullHour,
  type Instant,
  instant,
  instantText,
  nextFullHour,
} from '#lib/shared/time.ts';
import { atZoneHour, inZone } from '#lib/shared/zone.ts';
import { isReportDay } from './report-day.ts';

/** FIN-140. */
const HOUR = 9;
const AT_ONCE = 100;

/** What the queue `test-coupon-reports` carries: a partner, and the 09:00 of its wall clock. */
export const reportMessage = z.object({ partnerId: z.string(), sendAfter: instantText.transform(instant) });

/** FIN-140: hands on every partner with test coupons for which it is 09:00 of a report day within this hour. */
export async function planReports(dueAt: Instant): Promise<void> {
  if (!isReportDaySomewhere(dueAt)) return;
  let messages: object[] = [];
  for await (const partnerId of listTestHolders()) {
    const sendAfter = await reportTimeOf(partnerId, fullHour(dueAt));
    if (sendAfter) messages.push({ partnerId, sendAfter });
    if (messages.length === AT_ONCE) {
      await sendMessages('test-coupon-reports', messages);
      messages = [];
    }
  }
  await sendMessages('test-coupon-reports', messages);
}

/** Zones are less than a day away from the billing calendar. */
const isReportDaySomewhere = (time: Instant): boolean =>
  [-1, 0, 1].some((days) => isReportDay(dayPlus(businessDayOf(time), days)));

async function reportTimeOf(partnerId: string, hour: Instant): Promise<Instant | undefined> {
  const partner = await loadPartner(partnerId);
  if (!partner) return undefined;
  const { date } = inZone(hour, partner.timeZone);
  const nine = atZoneHour(date, HOUR, partner.timeZone);
  return nine >= hour && nine < nextFullHour(hour) && isReportDay(date) ? nine : undefined;
}
