import { reminderMessage, remindOfBill } from '#lib/repayments/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'remind-of-bill',
  summary: 'Reminds of an unpaid bill, and tells when it became overdue.',
  rules: 'FIN-162 to FIN-165',
  queue: 'bill-reminders',
  timeoutSeconds: 60,
  message: reminderMessage,
  run: (message) => remindOfBill(message),
});
