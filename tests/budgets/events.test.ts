import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { budgetAlertRaised, budgetChanged, resellerPermissionChanged } from '#events/budgets.ts';
import { messageFailed, messageSent } from '#events/notifications.ts';
import { type EventDefinition, event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as listAlerts } from '../../functions/budgets/list-customer-budget-alerts.ts';
import {
  aCustomer,
  aPartner,
  asSystem,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { alertsOf, at, consume, evaluateHour, giveBudget } from './story.ts';

useStack();

const sample = ({ name, version }: EventDefinition): unknown =>
  JSON.parse(readFileSync(new URL(`../../events/samples/${name}.v${version}.json`, import.meta.url), 'utf8'));

describe('event samples', () => {
  it.each([budgetChanged, budgetAlertRaised, resellerPermissionChanged])(
    'CUS-066, CUS-118: the sample of $name names every field and no other',
    (definition) => {
      expect(definition.detail.strict().parse(sample(definition))).toEqual(sample(definition));
      expect(Object.keys(definition.detail.shape).sort()).toEqual(Object.keys(sample(definition) as object).sort());
    },
  );
});

describe('record-alert-delivery', () => {
  let partner: TestPartner;
  let customer: TestCustomer;

  beforeEach(async () => {
    at('2024-08-01T08:00');
    partner = await aPartner();
    customer = await aCustomer({ of: partner });
    await giveBudget(partner, customer, '100.00');
    at('2024-08-20T10:00'); // outside working hours nothing is sent by itself below 100 percent
    await consume(customer, '95');
    at('2024-08-20T23:00');
    await evaluateHour();
  });

  async function tell(definition: EventDefinition): Promise<void> {
    const { body } = await invoke(listAlerts, { as: partner, path: { customerId: customer.customerId } });
    const alertIds = body.items.map(({ alertId }: { alertId: string }) => alertId);
    const detail = { ...(sample(definition) as object), alertIds };
    await asSystem((now) => transact({ writes: [], events: [event(definition, detail, now)] }));
    await drain();
  }
  const delivery = () => alertsOf(partner, customer, true);

  it('CUS-120: a failure is noted, the alert stays; CUS-107: a superseded one has no delivery of its own', async () => {
    expect(await delivery()).toEqual(['75 1 open superseded', '90 1 open pending']);
    await tell(messageFailed);
    expect(await delivery()).toEqual(['75 1 open superseded', '90 1 open failed']);
  });

  it('CUS-120: one that arrived counts, in whichever order it is heard', async () => {
    await tell(messageSent);
    await tell(messageFailed);
    expect(await delivery()).toEqual(['75 1 open superseded', '90 1 open sent']);
    await tell(messageSent);
    expect(await delivery()).toEqual(['75 1 open superseded', '90 1 open sent']);
  });

  it('CUS-120: a later success overrules the failure of another recipient', async () => {
    await tell(messageFailed);
    await tell(messageSent);
    expect(await delivery()).toEqual(['75 1 open superseded', '90 1 open sent']);
  });
});
