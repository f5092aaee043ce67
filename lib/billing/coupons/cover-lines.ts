import { type Coupon, type CouponUse, inSequence, knownAt, loadCoupons, recordMoves } from '#lib/coupons/index.ts';
import { add } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { billIdOf } from '../bill-id.ts';
import { lineIdOf } from '../line.ts';
import { coverPartner } from '../partner-run-store.ts';
import type { PartnerRun } from '../run.ts';
import { allocationPuts, loadUses } from './allocation-store.ts';
import { bucketsOf, type Candidate, OLDEST } from './candidate.ts';
import { behindBucket, loadBucket, nextBucket } from './candidate-store.ts';
import { type CouponPass, loadPass, movePass } from './pass-store.ts';
import { coverStep, hasMoved, type Step } from './step.ts';

/** Bounds of one message: commits, and lines that are looked at. */
const AT_ONCE = { commits: 25, lines: 50_000 };
/** Bounds what has to be looked up of earlier steps for one. */
const LINES_A_STEP = 2_000;

export type Progress = 'covered' | 'more' | 'elsewhere';

/**
 * Lets coupons pay for the lines of a bill, one after the other in their sequence (FIN-51, FIN-166). A commit holds the position, the
 * coupons, their history, the posting and what each line took; so a second invocation, or one after a crash, goes on behind it.
 * @returns `elsewhere` when another invocation is faster
 */
export async function coverLines(
  run: PartnerRun,
  couponsAsOf: Instant,
  now: Instant,
  atOnce = AT_ONCE,
): Promise<Progress> {
  const pass = await loadPass(billIdOf(run.partnerId, run.cycle, run.revision));
  const walk: Walk = { run, couponsAsOf, now, pass, commits: 0, lines: 0 };
  const source = linesBehind(run, pass);
  let ahead = await fill(source, []);
  while (ahead.length > 0) {
    if (walk.commits >= atOnce.commits || walk.lines >= atOnce.lines) return pause(walk);
    const lines = ahead;
    const done = await redecide(() => takeStep(walk, lines));
    if (done === undefined) return 'elsewhere';
    ahead = await fill(source, lines.slice(done));
  }
  return finish(walk);
}

/** All lines that are not done, in their sequence; only those of one bucket are held at a time. */
async function* linesBehind({ cycle }: PartnerRun, { billId, place }: CouponPass): AsyncGenerator<Candidate> {
  const from = place === '' ? OLDEST : bucketsOf(cycle)(timeOf(place));
  for (let bucket = await nextBucket(billId, from); bucket; bucket = await nextBucket(billId, behindBucket(bucket))) {
    for (const line of inSequence(await loadBucket(billId, bucket))) if (line.place > place) yield line;
  }
}

/** As many lines as one step may look at. */
async function fill(source: AsyncGenerator<Candidate>, lines: readonly Candidate[]): Promise<Candidate[]> {
  const filled = [...lines];
  while (filled.length < LINES_A_STEP) {
    const next = await source.next();
    if (next.done) break;
    filled.push(next.value);
  }
  return filled;
}

/** Moved while it goes on. */
interface Walk {
  readonly run: PartnerRun;
  readonly couponsAsOf: Instant;
  readonly now: Instant;
  pass: CouponPass;
  /** As this invocation moved them; read anew when somebody else changed one. */
  coupons?: Coupon[];
  commits: number;
  lines: number;
}

const timeOf = (place: string): Instant => place.slice(0, place.indexOf('#')) as Instant;

/** @returns how many lines are done, `undefined` when another invocation has moved the pass */
async function takeStep(walk: Walk, lines: readonly Candidate[]): Promise<number | undefined> {
  const { run, pass, now } = walk;
  walk.coupons ??= await loadCoupons(run.partnerId);
  const coupons = knownAt(walk.coupons, walk.couponsAsOf);
  const earlier = await usesOfOriginals(pass, lines);
  const step = coverStep(lines, { coupons, open: pass.open, earlier, now });
  const after = behind(pass, lines, step);
  if (hasMoved(step) && !(await committed(walk, step, after))) return undefined;
  walk.lines += step.done;
  if (!hasMoved(step)) walk.pass = after;
  return step.done;
}

/** For refunds of lines that were covered in steps before this one. */
async function usesOfOriginals(pass: CouponPass, lines: readonly Candidate[]) {
  const found = new Map<string, readonly CouponUse[]>();
  const refunds = lines.flatMap((line) =>
    'takesBack' in line && line.original ? [{ ...line.original, part: line.part }] : [],
  );
  await Promise.all(
    refunds
      .filter(({ place }) => place <= pass.place)
      .map(async ({ part, place }) => found.set(place, await loadUses(pass.billId, part, place))),
  );
  return found;
}

function behind(pass: CouponPass, lines: readonly Candidate[], step: Step): CouponPass {
  return {
    ...pass,
    place: lines[step.done - 1]?.place ?? pass.place,
    open: step.open,
    couponsUsed: add(pass.couponsUsed, step.couponsUsed),
  };
}

/** @returns whether it is this invocation that goes on @throws ConditionFailed when a coupon was changed in between */
async function committed(walk: Walk, step: Step, after: CouponPass): Promise<boolean> {
  const { run, pass, now } = walk;
  const of = { billId: pass.billId, partnerId: run.partnerId, cycle: run.cycle, step: pass.step + 1, lineIdOf };
  const { writes, events } = recordMoves(of, step.covering, now);
  const pages = await allocationPuts(pass.billId, step.allocations);
  try {
    await transact({ aside: true, writes: [movePass(pass, after), ...pages, ...writes], events });
  } catch (error) {
    walk.coupons = undefined;
    if (error instanceof ConditionFailed && error.failures.has(0)) return false;
    throw error;
  }
  const { moves } = step.covering;
  walk.coupons = walk.coupons?.map((coupon) => {
    const moved = moves.get(coupon.couponId)?.after;
    return moved ? { ...moved, version: coupon.version + 1 } : coupon;
  });
  walk.pass = { ...after, step: pass.step + 1 };
  walk.commits += 1;
  return true;
}

/** Keeps the position, so that the next message does not look at the same lines again. */
async function pause({ pass }: Walk): Promise<Progress> {
  return (await moved(() => transact({ aside: true, writes: [movePass(pass, pass)] }))) ? 'more' : 'elsewhere';
}

/** Whoever is behind cannot commit any more from here on. */
async function finish({ run, pass }: Walk): Promise<Progress> {
  const writes = [movePass(pass, pass), coverPartner(run, pass.couponsUsed)];
  return (await moved(() => transact({ aside: true, writes }))) ? 'covered' : 'elsewhere';
}

async function moved(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
