import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  agreementAnnouncementDue,
  agreementPublished,
  associationRequested,
  customerAssociationFailed,
  instructionsToSign,
} from '#events/association.ts';
import { registrationCodeRequested } from '#events/verification.ts';
import type { EventDefinition } from '#lib/shared/outbox.ts';

const sample = ({ name, version }: EventDefinition): unknown =>
  JSON.parse(readFileSync(new URL(`../../events/samples/${name}.v${version}.json`, import.meta.url), 'utf8'));

describe('event samples', () => {
  it.each([
    associationRequested,
    customerAssociationFailed,
    agreementPublished,
    agreementAnnouncementDue,
    instructionsToSign,
    registrationCodeRequested,
  ])('DEV-90, DEV-93, DEV-203: the sample of $name names every field and no other', (definition) => {
    expect(definition.detail.strict().parse(sample(definition))).toEqual(sample(definition));
    expect(Object.keys(definition.detail.shape).sort()).toEqual(Object.keys(sample(definition) as object).sort());
  });
});
