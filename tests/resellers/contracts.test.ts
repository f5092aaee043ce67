import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as events from '#events/resellers.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'events', 'samples');

it.each(Object.values(events).map((each) => [each.name, each] as const))(
  'the sample of %s is what this area publishes',
  (name, { version, detail }) => {
    const sample: unknown = JSON.parse(readFileSync(join(SAMPLES, `${name}.v${version}.json`), 'utf8'));
    expect(detail.parse(sample)).toEqual(sample);
  },
);
