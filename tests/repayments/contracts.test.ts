import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { billEstimateRefreshed } from '#events/bill-estimates.ts';
import { billIssued } from '#events/billing.ts';
import { accountCredited } from '#events/ledger.ts';
import * as quota from '#events/quota.ts';
import * as published from '#events/repayments.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'events', 'samples');

it.each(
  [billEstimateRefreshed, billIssued, accountCredited, ...Object.values(published), ...Object.values(quota)].map(
    (each) => [each.name, each] as const,
  ),
)('the sample of %s is what this area publishes or reads', (name, { version, detail }) => {
  const sample: unknown = JSON.parse(readFileSync(join(SAMPLES, `${name}.v${version}.json`), 'utf8'));
  expect(detail.parse(sample)).toEqual(sample);
});
