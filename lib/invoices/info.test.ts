import { expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import { instant } from '#lib/shared/time.ts';
import { changeInfo, noInfo } from './info.ts';

const now = instant('2024-08-06T10:00:00+08:00');
const before = noInfo('par_1');
const partner = { taxId: 'T-1' };
const refused = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.definition.code : String(error);
  }
};

it('FIN-115: mail delivery is off at first, and needs an address', () => {
  expect(before.emailEnabled).toBe(false);
  expect(refused(() => changeInfo(before, { emailEnabled: true }, partner, now))).toBe('EMAIL_REQUIRED');
  expect(changeInfo(before, { emailEnabled: true, email: 'a@b.example' }, partner, now)).toMatchObject({
    emailEnabled: true,
    version: 1,
  });
  expect(changeInfo(before, { emailEnabled: false }, partner, now).emailEnabled).toBe(false);
});

it('FIN-114: the tax ID may be repeated, not changed, added or taken away', () => {
  const wish = { emailEnabled: false, address: 'New Street 1' };
  expect(changeInfo(before, { ...wish, taxId: 'T-1' }, partner, now).address).toBe('New Street 1');
  expect(refused(() => changeInfo(before, { ...wish, taxId: 'T-2' }, partner, now))).toBe('TAX_ID_READ_ONLY');
  expect(refused(() => changeInfo(before, { ...wish, taxId: 'T-2' }, {}, now))).toBe('TAX_ID_READ_ONLY');
});
