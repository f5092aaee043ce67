import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Lead } from '#lib/customer-development/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { inParallel, milliseconds, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/**
 * The sweep over all leads of which few lapse: the capacity it consumes, per expired lead and beside what reading every lead would
 * take, and what a second run costs. `node bench/lead-sweep.ts 2000 20` tries it small.
 */
const LEADS = Number(process.argv[2] ?? 100_000);
const EXPIRING = Number(process.argv[3] ?? 1_000);
const PER_PARTNER = 100;

const engines = await benchStack();
const { dynamodb, toItem } = await import('#lib/shared/dynamodb.ts');
const { tableName } = await import('#lib/shared/resources.ts');
const { instant, plus } = await import('#lib/shared/time.ts');
const { newId } = await import('#lib/shared/ids.ts');
const { preregister } = await import('#lib/customer-development/leads/lead.ts');
const { putNewLead } = await import('#lib/customer-development/leads/lead-store.ts');
const { claimEmail } = await import('#lib/customer-development/leads/reservation.ts');
const { placeOf } = await import('#lib/customer-development/leads/places.ts');
const { handler: expireLeads } = await import('../functions/customer-development/expire-leads.ts');
const { consumedBy } = await import('../tests/support/capacity.ts');

const LAPSES = instant('2024-09-10T10:00:00+08:00');
const LASTS = plus(LAPSES, { days: 7 });
const DUE = plus(LAPSES, { days: 15 });

/** The expiring ones are spread over the partners, as they are in life. */
const isExpiring = (i: number): boolean => i % (LEADS / EXPIRING) === 0;

function leadOf(i: number): Lead {
  const from: Instant = isExpiring(i) ? LAPSES : LASTS;
  const partnerId = `par_${Math.floor(i / PER_PARTNER)}`;
  const wish = { customerName: `Customer ${i}`, email: `lead-${i}@acme.example`, associationType: 'reseller' } as const;
  return preregister(wish, { leadId: newId('lead', from), partnerId, createdBy: 'mem_1' }, from);
}

type Item = ReturnType<typeof toItem>;
const itemOf = (write: Write): Item => toItem('put' in write ? write.put : {});

/** A partner's leads with their claims and places, as pre-registering stores them. */
function itemsOf(partner: number): Item[] {
  const leads = Array.from({ length: PER_PARTNER }, (_, i) => leadOf(partner * PER_PARTNER + i));
  const places = { pk: `PARTNER#par_${partner}`, sk: 'LEADS', places: new Set(leads.map(placeOf)) };
  return [...leads.flatMap((lead) => [itemOf(putNewLead(lead)), itemOf(claimEmail(lead, LAPSES))]), toItem(places)];
}

async function store(items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    const RequestItems = { [tableName('customer-development')]: puts };
    const answer = await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
    if (Object.keys(answer.UnprocessedItems ?? {}).length > 0) throw new Error('not everything was written');
  }
}

await inParallel(LEADS / PER_PARTNER, 4, (partner) => store(itemsOf(partner)));

const sweep = () => expireLeads({ time: DUE });
let ms = 0;
const first = await consumedBy(async () => {
  ms = await milliseconds(sweep);
});
const second = await consumedBy(sweep);

print({
  figure: 'lead sweep: write units per expired lead',
  value: rounded(first.write / EXPIRING),
  unit: 'WCU',
  detail: { leads: LEADS, expired: EXPIRING, writeUnits: first.write, milliseconds: Math.round(ms) },
});
print({
  figure: 'lead sweep: read units per expired lead',
  value: rounded(first.read / EXPIRING),
  unit: 'RCU',
  target: '≤ 3: the leads that do not lapse are not read',
  met: first.read / EXPIRING <= 3,
  detail: { readUnits: first.read },
});
print({
  figure: 'lead sweep: a second run that finds nothing',
  value: second.read + second.write,
  unit: 'capacity units',
  target: '≤ 8: one look at each part of the index',
  met: second.read <= 8 && second.write === 0,
});
await engines.stop();
