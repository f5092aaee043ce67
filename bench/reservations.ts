import { inParallel, milliseconds, percentile, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/**
 * A thousand purchases of 1.00 at once against 100.00 that are left of a customer's budget: exactly 100 get it. Then what one
 * reservation costs when nobody else asks. `node bench/reservations.ts 200 20` tries it small.
 */
const PURCHASES = Number(process.argv[2] ?? 1_000);
const ROOM = Number(process.argv[3] ?? 100);
const ALONE = 100;

const engines = await benchStack();
const { aCustomer, anOperator, aPartner } = await import('../tests/support/builders.ts');
const { invoke } = await import('../tests/support/invoke.ts');
const { consumedBy } = await import('../tests/support/capacity.ts');
const { handler: check } = await import('../functions/budgets/check-customer-action.ts');
const { handler: setMonthly } = await import('../functions/budgets/set-monthly-budget.ts');

const [operator, partner] = [await anOperator(), await aPartner()];

async function aCustomerWith(amount: string): Promise<(purchaseId: string) => Promise<string>> {
  const path = { customerId: (await aCustomer({ of: partner })).customerId };
  const body = { amount, unfreezeNow: true, expectedVersion: 0 };
  const { status } = await invoke(setMonthly, { as: partner, path, body });
  if (status !== 200) throw new Error(`no budget: ${status}`);
  return async (purchaseId) => {
    const purchase = { purchaseId, amount: '1.00' };
    const wish = { action: 'buy', billingMode: 'yearly-monthly', purchase };
    const answer = await invoke(check, { as: operator, path, body: wish });
    return answer.status === 200 ? (answer.body.allowed ? 'yes' : answer.body.denial) : answer.body.code;
  };
}

const ask = await aCustomerWith(`${ROOM}.00`);
const answers = new Map<string, number>();
const times: number[] = [];
const ms = await milliseconds(() =>
  inParallel(PURCHASES, PURCHASES, async (i) => {
    let said = '';
    const taken = await milliseconds(async () => {
      said = await ask(`p-${i}`);
    });
    times.push(taken);
    answers.set(said, (answers.get(said) ?? 0) + 1);
  }),
);

const alone = await aCustomerWith('1000.00');
const single: number[] = [];
const units = await consumedBy(() =>
  inParallel(ALONE, 1, async (i) => void single.push(await milliseconds(() => alone(`p-${i}`)))),
);

print({
  figure: 'purchases at once that were let through',
  value: answers.get('yes') ?? 0,
  unit: 'purchases',
  target: `${ROOM} of ${PURCHASES}, everybody answered`,
  met: answers.get('yes') === ROOM && answers.get('BUDGET_EXHAUSTED') === PURCHASES - ROOM,
  detail: {
    ...Object.fromEntries(answers),
    seconds: rounded(ms / 1000),
    p50: Math.round(percentile(times, 50)),
    p99: Math.round(percentile(times, 99)),
  },
});
print({
  figure: 'a reservation that nobody competes with',
  value: rounded(units.write / ALONE),
  unit: 'WCU',
  detail: {
    readUnits: rounded(units.read / ALONE),
    p50: rounded(percentile(single, 50)),
    p99: rounded(percentile(single, 99)),
  },
});
await engines.stop();
