import { planPreviews, previewMessage, workOnPreview } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'preview-bill',
  summary: 'Takes the preview of a bill the next step: nothing is frozen, no coupon moves, no number is taken.',
  rules: 'FIN-14, FIN-51',
  queue: 'bill-previews',
  timeoutSeconds: 120,
  batchSize: 1,
  maximumConcurrency: 20,
  memoryMegabytes: 1024, // as settle-bill-part
  message: previewMessage,
  run: (message, context) =>
    message.kind === 'partners' ? planPreviews(message) : workOnPreview(message.jobId, context),
});
