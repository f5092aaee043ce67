import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Refusal, sharedErrors } from './errors.ts';
import { signingSecret } from './resources.ts';

/** Page size and position of a list: 50 by default, 100 at most, everywhere (spec note 15). */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2_000).optional(),
};

/**
 * An opaque position, signed and bound to the list it came from (operation, owner, filters): another list's or a made-up cursor
 * cannot move a query to a foreign key.
 */
export function toCursor(key: Record<string, unknown> | undefined, list: string): string | undefined {
  if (!key) return undefined;
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${signature(payload, list)}`;
}

/** @throws Refusal CURSOR_INVALID */
export function fromCursor(cursor: string | undefined, list: string): Record<string, unknown> | undefined {
  if (cursor === undefined) return undefined;
  const [payload = '', given = ''] = cursor.split('.');
  const expected = Buffer.from(signature(payload, list));
  const presented = Buffer.from(given);
  if (presented.length !== expected.length || !timingSafeEqual(presented, expected))
    throw new Refusal(sharedErrors.CURSOR_INVALID);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

const signature = (payload: string, list: string): string =>
  createHmac('sha256', signingSecret()).update(`cursor:${list}:${payload}`).digest('base64url').slice(0, 22);
