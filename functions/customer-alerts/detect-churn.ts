import { detectionMessage, detectPage } from '#lib/customer-alerts/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'detect-churn',
  summary: "Judges a page of a partner's customers by their daily usage and raises alerts.",
  rules: 'CUS-208 to CUS-210',
  queue: 'churn-detections',
  timeoutSeconds: 120,
  batchSize: 1,
  message: detectionMessage,
  run: detectPage,
});
