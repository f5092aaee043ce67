import { billPartMessage, orPark, settlePart } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'settle-bill-part',
  summary: 'Settles the next records of a part of a bill and writes their lines.',
  rules: 'FIN-21 to FIN-40, FIN-166',
  queue: 'bill-parts',
  timeoutSeconds: 120,
  batchSize: 1,
  maximumConcurrency: 100,
  memoryMegabytes: 1024, // the work is arithmetic and compression: with memory comes processor time; it uses less than 256 MB
  message: billPartMessage,
  run: (message, context) => orPark(message, context, () => settlePart(message)),
});
