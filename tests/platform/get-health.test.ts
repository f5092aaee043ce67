import { expect, it } from 'vitest';
import { handler } from '../../functions/platform/get-health.ts';
import { clock, failNth, invoke, useStack } from '../support/index.ts';

useStack();

it('says ok to anyone while the tables answer', async () => {
  clock.set('2024-08-20T11:30:00+08:00');
  expect(await invoke(handler)).toMatchObject({
    status: 200,
    body: { status: 'ok', time: '2024-08-20T03:30:00.000Z' },
  });
});

it('answers 500 while they do not', async () => {
  using _fault = failNth(1, 'before', 'GetItem');
  expect(await invoke(handler)).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
});
