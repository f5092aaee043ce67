import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { milliseconds, percentile, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/** Warm latency of a handler over the same AWS calls made bare, alternating in one loop: get-customer makes two reads for its header. */
const ROUNDS = 3_000;

const engines = await benchStack();
const { dynamodb, toItem } = await import('#lib/shared/dynamodb.ts');
const { tableName } = await import('#lib/shared/resources.ts');
const { handler } = await import('../functions/customers/get-customer.ts');
const { toHttpEvent } = await import('../infra/local/http-event.ts');
const { aCustomer, aPartner } = await import('../tests/support/builders.ts');

const partner = await aPartner();
const customer = await aCustomer({ of: partner });
const read = (table: 'identities' | 'customers', pk: string, sk: string) =>
  dynamodb.send(new GetItemCommand({ TableName: tableName(table), Key: toItem({ pk, sk }), ConsistentRead: false }));

const bare = async (): Promise<void> => {
  await read('identities', `SUBJECT#${partner.subject}`, 'IDENTITY');
  await read('customers', `CUSTOMER#${customer.customerId}`, 'CUSTOMER');
};
const ours = async (): Promise<void> => {
  const answer = await handler(
    toHttpEvent({
      method: 'GET',
      route: handler.definition.route,
      rawPath: `/v1/customers/${customer.customerId}`,
      rawQuery: 'blocks=header',
      pathParameters: { customerId: customer.customerId },
      authorized: { subject: partner.subject },
    }),
  );
  if (answer.statusCode !== 200) throw new Error(`answer ${answer.statusCode}`);
};

const times = { bare: [] as number[], ours: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  const [a, b] = round % 2 === 0 ? [bare, ours] : [ours, bare]; // neither is always the one after the other
  const [first, second] = [await milliseconds(a), await milliseconds(b)];
  if (round < 500) continue; // warm-up
  times.bare.push(round % 2 === 0 ? first : second);
  times.ours.push(round % 2 === 0 ? second : first);
}
for (const [percent, limit] of [
  [50, 1.25],
  [99, 1.5],
] as const) {
  const ratio = percentile(times.ours, percent) / percentile(times.bare, percent);
  print({
    figure: `handler latency over bare calls, p${percent}`,
    value: rounded(ratio),
    unit: 'ratio',
    target: `<= ${limit}`,
    met: ratio <= limit,
  });
}
await engines.stop();
