import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usageMoved } from '#events/expenditures.ts';

describe('event samples', () => {
  it('CUS-262: the sample of usage.moved names every field and no other', () => {
    const file = new URL('../../events/samples/usage.moved.v1.json', import.meta.url);
    const sample: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(usageMoved.detail.strict().parse(sample)).toEqual(sample);
    expect(Object.keys(usageMoved.detail.shape).sort()).toEqual(Object.keys(sample ?? {}).sort());
  });
});
