import type { Challenge, SentCodes } from './challenge.ts';
import { keptUntil } from './challenge.ts';
import { getItem, type Item } from './dynamodb.ts';
import { sharedErrors } from './errors.ts';
import { epochSeconds, type Instant, plus } from './time.ts';
import type { Write } from './transaction.ts';

const challengeKey = (challengeId: string) => ({ pk: `CHALLENGE#${challengeId}`, sk: 'CHALLENGE' });
const codesKey = (personId: string) => ({ pk: `PERSON#${personId}`, sk: 'CODES' });
const LIMITS_KEPT_DAYS = 2; // longer than the longest limit of ORG-175 looks back

const toChallenge = ({ pk: _pk, sk: _sk, expiresAt: _expiresAt, ...challenge }: Item) =>
  challenge as unknown as Challenge;
const toSentCodes = ({ pk: _pk, sk: _sk, expiresAt: _expiresAt, ...codes }: Item) => codes as unknown as SentCodes;

/** A challenge, unless its time is over: the table's own expiry only tidies up (ORG-192). */
export async function loadChallenge(challengeId: string, now: Instant): Promise<Challenge | undefined> {
  const item = await getItem('identities', challengeKey(challengeId));
  const challenge = item && toChallenge(item);
  return challenge && now < keptUntil(challenge) ? challenge : undefined;
}

export async function loadSentCodes(personId: string): Promise<SentCodes> {
  const item = await getItem('identities', codesKey(personId));
  return item ? toSentCodes(item) : { sent: [], latest: {}, version: 0 };
}

export const putNewChallenge = (challenge: Challenge): Write => ({
  table: 'identities',
  put: challengeItem(challenge),
  condition: 'attribute_not_exists(pk)',
});

/** Without a refusal: the use case reads again and decides again. */
export const replaceChallenge = (before: Challenge, after: Challenge): Write => ({
  table: 'identities',
  put: challengeItem(after),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export const replaceSentCodes = (personId: string, before: SentCodes, after: SentCodes, now: Instant): Write => ({
  table: 'identities',
  put: { ...codesKey(personId), ...after, expiresAt: epochSeconds(plus(now, { days: LIMITS_KEPT_DAYS })) },
  condition: 'attribute_not_exists(pk) OR version = :seen',
  values: { ':seen': before.version },
  onConflict: sharedErrors.CONCURRENT_CHANGE,
});

const challengeItem = (challenge: Challenge) => ({
  ...challengeKey(challenge.challengeId),
  ...challenge,
  expiresAt: epochSeconds(keptUntil(challenge)),
});
