import { draftWaiting } from '#lib/invoices/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'draft-waiting-invoices',
  summary:
    'Every quarter of an hour: makes out the invoices that waited for an issuing entity, or for what else failed.',
  rules: 'FIN-110, FIN-165',
  schedule: 'cron(5/15 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: draftWaiting,
});
