import { type Figure, inParallel, median, milliseconds, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/**
 * `node bench/query-customers.ts [customers]`: query-customers of a partner with 100,000 customers, the first and the hundredth page of
 * 50, over one bare query of the same page. Capacity is what the engine says that each consumed.
 */
const CUSTOMERS = Number(process.argv[2] ?? 100_000);
const PAGE = 50;
const ROUNDS = 15;
const HUNDREDTH = Math.min(99, Math.floor(CUSTOMERS / PAGE) - 1);

const stack = await benchStack();
try {
  const { BatchWriteItemCommand } = await import('@aws-sdk/client-dynamodb');
  const { dynamodb, queryPage, toItem } = await import('../lib/shared/dynamodb.ts');
  const { tableName } = await import('../lib/shared/resources.ts');
  const { aPartner } = await import('../tests/support/builders.ts');
  const { clock } = await import('../tests/support/clock.ts');
  const { invoke } = await import('../tests/support/invoke.ts');
  const { consumedBy } = await import('../tests/support/capacity.ts');
  const { handler } = await import('../functions/customers/query-customers.ts');
  const partner = await aPartner();
  const { partnerId } = partner;
  const month = clock.now().slice(0, 7);

  const number = (i: number): string => String(i).padStart(8, '0');
  const since = (i: number): string => new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();
  const customerOf = (i: number): object => ({
    pk: `CUSTOMER#cus_${number(i)}`,
    sk: 'CUSTOMER',
    customerId: `cus_${number(i)}`,
    accountId: `acc-${i}`,
    accountName: `account-${i}`,
    customerName: `Customer ${i}`,
    email: `customer-${i}@example.com`,
    mobileNumber: '+4915112345678',
    userType: 'enterprise',
    registeredAt: since(i),
    association: { partnerId, type: 'reseller', since: since(i), accountManagers: {} },
    control: { freezeLevel: 'none', payPerUseRestricted: false },
    version: 2,
    partnerKey: `${partnerId}#own`,
    sinceKey: `${since(i)}#cus_${number(i)}`,
  });
  /** One in two has spent something, so that an order by amount has both of its parts. */
  const rankOf = (i: number): object => {
    const value = String((i * 7_919) % 1_000_003).padStart(38, '0');
    return {
      pk: `CUSTOMER#cus_${number(i)}`,
      sk: 'RANK',
      customerId: `cus_${number(i)}`,
      partnerId,
      monthToDate: { among: month, value },
      version: 1,
      monthToDateKey: `${partnerId}#own#${month}`,
      monthToDateSort: `${value}#cus_${number(i)}`,
    };
  };
  const items = (i: number): object[] => (i % 2 === 0 ? [customerOf(i), rankOf(i)] : [customerOf(i)]);
  await inParallel(Math.ceil(CUSTOMERS / 12), 8, async (batch) => {
    const numbers = Array.from({ length: 12 }, (_, i) => batch * 12 + i).filter((i) => i < CUSTOMERS);
    const requests = numbers.flatMap(items).map((item) => ({ PutRequest: { Item: toItem(item) } }));
    const RequestItems = { [tableName('customers')]: requests };
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  });

  const index = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'sinceKey' } } as const;
  const bare = (startKey?: Record<string, unknown>) =>
    queryPage({ table: 'customers', ...index, pk: `${partnerId}#own`, newestFirst: true, limit: PAGE, startKey });
  const page = (query: Record<string, string | number>) => invoke(handler, { as: partner, query });

  async function measure(figure: string, query: Record<string, string | number>, startKey?: Record<string, unknown>) {
    const [walked, read]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      walked.push(await milliseconds(() => page(query)));
      read.push(await milliseconds(() => bare(startKey)));
    }
    const [units, bareUnits] = [await consumedBy(() => page(query)), await consumedBy(() => bare(startKey))];
    const result: Figure = {
      figure,
      value: rounded(median(walked) / median(read)),
      unit: 'x the bare query',
      detail: {
        customers: CUSTOMERS,
        milliseconds: rounded(median(walked)),
        bareMilliseconds: rounded(median(read)),
        readUnits: units.read,
        bareReadUnits: bareUnits.read,
      },
    };
    print(result);
  }

  /** Position of the hundredth page: the cursor as a caller would have it, and the bare key beside it. */
  async function cursorAt(query: Record<string, string | number>): Promise<string> {
    let cursor = '';
    for (let i = 0; i < HUNDREDTH; i += 1) cursor = (await page(cursor ? { ...query, cursor } : query)).body.nextCursor;
    return cursor;
  }
  let startKey: Record<string, unknown> | undefined;
  for (let i = 0; i < HUNDREDTH; i += 1) startKey = (await bare(startKey)).nextKey;

  const byTime = { limit: PAGE };
  await measure('query-customers, page 1', byTime);
  await measure('query-customers, page 100', { ...byTime, cursor: await cursorAt(byTime) }, startKey);
  const byAmount = { limit: PAGE, sort: 'month-to-date' };
  await measure('query-customers by month-to-date, page 1', byAmount);
  await measure(
    'query-customers by month-to-date, page 100',
    { ...byAmount, cursor: await cursorAt(byAmount) },
    startKey,
  );
  await measure('query-customers, a name that nobody has', { ...byTime, customerName: 'nobody' });
} finally {
  await stack.stop();
}
