import { expect, it } from 'vitest';
import { beginsBeforeItEnds, certificateOn } from './residence.ts';

const of2024 = { name: 'of 2024', validFrom: '2024-01-01', validUntil: '2024-12-31' };
const corrected = { name: 'corrected', validFrom: '2024-06-01', validUntil: '2024-12-31' };
const of2025 = { name: 'of 2025', validFrom: '2025-01-01', validUntil: '2025-12-31' };

it.each([
  ['2023-12-31', undefined],
  ['2024-01-01', 'of 2024'],
  ['2024-05-31', 'of 2024'],
  ['2024-06-01', 'corrected'],
  ['2024-12-31', 'corrected'],
  ['2025-01-01', 'of 2025'],
  ['2026-01-01', undefined],
])('FIN-120: on %s the certificate %s is the one to hand out', (day, name) => {
  expect(certificateOn([of2024, of2025, corrected], day)?.name).toBe(name);
});

it('FIN-120: a certificate is valid for a day at least', () => {
  expect(beginsBeforeItEnds({ validFrom: '2024-01-01', validUntil: '2024-01-01' })).toBe(true);
  expect(beginsBeforeItEnds({ validFrom: '2024-01-02', validUntil: '2024-01-01' })).toBe(false);
});
