import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageFailed, messageSent } from '#events/notifications.ts';
import { verificationCodeRequested } from '#events/verification.ts';
import { NOTICE_EVENTS } from '#lib/notifications/index.ts';
import type { EventDefinition } from '#lib/shared/outbox.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const sampleOf = ({ name, version }: EventDefinition): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'events', 'samples', `${name}.v${version}.json`), 'utf8'));

describe('event contracts', () => {
  it.each([messageSent, messageFailed, verificationCodeRequested].map((each) => [each.name, each] as const))(
    'the sample of %s is what this area publishes',
    (_name, definition) => {
      const sample = sampleOf(definition);
      expect(definition.detail.parse(sample)).toEqual(sample);
    },
  );

  it.each(NOTICE_EVENTS.map((each) => [each.name, each] as const))(
    'the sample of %s is what this area reads',
    (_name, definition) => {
      const sample = sampleOf(definition);
      expect(definition.detail.parse(sample)).toEqual(sample);
    },
  );
});
