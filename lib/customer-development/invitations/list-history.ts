import * as z from 'zod';
import type { Member } from '#lib/shared/actor.ts';
import type { Instant } from '#lib/shared/time.ts';
import { isInDataScope, rememberedDirectors } from './data-scope.ts';
import { type HistoryFilter, type HistorySort, matches, phasesOf } from './history-filter.ts';
import type { Invitation } from './invitation.ts';
import { type HistoryOrder, listHistory, positionIn } from './invitation-store.ts';

export interface HistoryWish {
  readonly filter: HistoryFilter;
  readonly sort: HistorySort;
  readonly descending: boolean;
  readonly limit: number;
}

/** Where a page ended: in which phase, and behind which row of it. */
const position = z.object({ phase: z.number().int(), key: z.record(z.string(), z.unknown()).optional() });
type Position = z.output<typeof position>;

interface HistoryPage {
  readonly invitations: Invitation[];
  readonly next?: Position;
}

const READ_SIZE = 100;
/** One request looks through 5,000 rows at most; beyond them the cursor goes on, after a short page. */
const MOST_READS = 50;

/** A page of the rows that the member may see (DEV-191). */
export async function listInvitedCustomers(
  member: Member,
  wish: HistoryWish,
  cursor: Record<string, unknown> | undefined,
  now: Instant,
): Promise<HistoryPage> {
  const order = orderOf(wish.sort);
  const isVisible = visibleTo(member);
  const invitations: Invitation[] = [];
  let last: Position | undefined;
  let reads = 0;
  for await (const part of walk(member.partnerId, wish, cursor ? position.parse(cursor) : { phase: 0 })) {
    for (const row of part.rows) {
      if (!matches(row, part.filter, now) || !(await isVisible(row))) continue;
      if (invitations.length === wish.limit) return { invitations, next: last };
      invitations.push(row);
      last = { phase: part.phase, key: positionIn(order, row) };
    }
    reads += 1;
    if (reads === MOST_READS) return { invitations, next: part.next };
  }
  return { invitations };
}

interface Part {
  readonly rows: readonly Invitation[];
  readonly filter: HistoryFilter;
  readonly phase: number;
  /** Where the walk goes on behind these rows. */
  readonly next?: Position;
}

/** All rows of the partner in the wished order, phase by phase. */
async function* walk(
  partnerId: string,
  { sort, descending, filter }: HistoryWish,
  from: Position,
): AsyncGenerator<Part> {
  const order = orderOf(sort);
  const phases = phasesOf(sort, descending, filter);
  const newestFirst = order === sort ? descending : true;
  let startKey = from.key;
  for (const [phase, wanted] of phases.entries()) {
    if (phase < from.phase) continue;
    do {
      const page = await listHistory(partnerId, { order, newestFirst, limit: READ_SIZE, startKey });
      startKey = page.nextKey;
      const more = phase + 1 < phases.length ? { phase: phase + 1 } : undefined;
      yield { rows: page.invitations, filter: wanted, phase, next: startKey ? { phase, key: startKey } : more };
    } while (startKey);
  }
}

/** Sorts by few values walk in the order of time, phase by phase. */
const orderOf = (sort: HistorySort): HistoryOrder => (sort === 'method' || sort === 'status' ? 'createdAt' : sort);

/** An account manager's own rows, a director's and its team's, everybody else's all. */
export function visibleTo(member: Member): (row: Invitation) => Promise<boolean> {
  const directorOf = rememberedDirectors();
  return (row) => isInDataScope(member, { ...row, by: row.sentBy }, directorOf);
}
