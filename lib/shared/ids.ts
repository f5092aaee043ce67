import { createHash, randomBytes } from 'node:crypto';
import { epochMs, type Instant } from './time.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: sorts as it counts, no look-alikes

/** A time-sortable id such as `cus_01j8…`: 48 bits of time, 80 bits of chance. */
export function newId(prefix: string, now: Instant): string {
  return `${prefix}_${base32(BigInt(epochMs(now)), 10)}${base32(BigInt(`0x${randomBytes(10).toString('hex')}`), 16)}`;
}

/** An id that follows from its content, so that the same fact seen twice has the same id. */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}_${digestOf(parts).slice(0, 26)}`;
}

/** SHA-256 in base64url over a value in canonical JSON (sorted keys), the same for the same content. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'bigint') return member.toString();
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

function base32(value: bigint, length: number): string {
  let text = '';
  for (let rest = value, i = 0; i < length; i += 1, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}
