import { createHash, randomBytes } from 'node:crypto';
import { epochMs, type Instant } from './time.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: sorts as it counts, no look-alikes

let last = { milliseconds: -1, chance: 0n };

/** A time-sortable id such as `cus_01j8…`: 48 bits of time, 80 bits of chance; ids of one process and millisecond sort as they were made. */
export function newId(prefix: string, now: Instant): string {
  const milliseconds = epochMs(now);
  // The top bit stays free, so that later ids of the millisecond have room to grow; by how much they grow cannot be guessed.
  const chance = milliseconds === last.milliseconds ? last.chance + 1n + random(4) : random(10) >> 1n;
  last = { milliseconds, chance };
  return `${prefix}_${base32(BigInt(milliseconds), 10)}${base32(chance, 16)}`;
}

const random = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

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
