import { type Item, queryAll } from '#lib/shared/dynamodb.ts';
import type { Job } from '#lib/shared/job.ts';
import { loadMoney, type Money } from '#lib/shared/money.ts';
import { epochSeconds, type Instant, plus } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Terms } from '../bill.ts';
import type { Candidate } from '../coupons/candidate.ts';
import { packCandidate, unpackCandidates } from '../coupons/packed-candidate.ts';
import { packTexts, unpackText } from '../packed-texts.ts';
import { type Part, toFrozen, toTotals } from '../part-store.ts';
import { toTerms } from '../partner-run-store.ts';
import type { Totals } from '../totals.ts';

/** How far a preview is; kept with its job and nowhere else. */
export interface PreviewProgress {
  readonly terms: Terms;
  /** The customers up to this one are settled. */
  readonly after: string;
  /** The customers in the middle of which it is. */
  readonly open?: Pick<Part, 'customers' | 'position'>;
  /** Without coupons. */
  readonly totals: Totals;
}

/** A line that coupons may have to do with, and what its amounts are made of. */
export interface Coverable {
  readonly candidate: Candidate;
  readonly settlement: Money;
  readonly ruleTime: Instant;
}

export function progressIn({ result }: Job): PreviewProgress | undefined {
  const stored = result?.progress as PreviewProgress | undefined;
  if (!stored) return undefined;
  const { open } = stored;
  return {
    ...stored,
    terms: toTerms(stored.terms as unknown as Parameters<typeof toTerms>[0]),
    totals: toTotals(stored.totals),
    open: open && {
      customers: open.customers.map((each) => ({ customerId: each.customerId, ...toFrozen(each) })),
      position: { ...open.position, read: toFrozen(open.position.read) },
    },
  };
}

const KEPT_DAYS = 30;
const partition = (jobId: string): string => `JOB#${jobId}`;
const PREFIX = 'LINES#';

/** What a step found, beside its job. */
export async function coverablePuts({ jobId, version, createdAt }: Job, found: readonly Coverable[]): Promise<Write[]> {
  const packs = await packTexts(found, ({ candidate, settlement, ruleTime }) =>
    JSON.stringify([JSON.parse(packCandidate(candidate)), settlement.toString(), ruleTime]),
  );
  return packs.map(({ packed }, i) => ({
    table: 'jobs',
    put: {
      pk: partition(jobId),
      sk: `${PREFIX}${String(version).padStart(9, '0')}#${i}`,
      packed,
      expiresAt: epochSeconds(plus(createdAt, { days: KEPT_DAYS })),
    },
    condition: 'attribute_not_exists(pk)',
  }));
}

export async function loadCoverables({ jobId }: Job): Promise<Coverable[]> {
  const found: Coverable[] = [];
  for await (const item of queryAll({ table: 'jobs', pk: partition(jobId), sk: { beginsWith: PREFIX } })) {
    found.push(...(await coverablesIn(item)));
  }
  return found;
}

async function coverablesIn({ packed }: Item): Promise<Coverable[]> {
  const stored = JSON.parse(await unpackText(packed as Uint8Array)) as [unknown, string, Instant][];
  const candidates = unpackCandidates(JSON.stringify(stored.map(([candidate]) => candidate)));
  return candidates.map((candidate, i) => ({
    candidate,
    settlement: loadMoney(BigInt(stored[i]?.[1] ?? 0)),
    ruleTime: stored[i]?.[2] as Instant,
  }));
}
