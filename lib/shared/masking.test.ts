import { describe, expect, it } from 'vitest';
import { maskEmail, maskName, maskPersonal, maskPhone } from './masking.ts';

describe('masks', () => {
  it.each([
    ['fancy', 'f***y'],
    ['王', '王***'],
    ['Al', 'A***'],
    ['', '***'],
  ])('CUS-049: name %j shows as %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['19312340003', '193****0003'],
    ['+4915112345678', '+49****5678'],
    ['12345', '1****45'],
  ])('ORG-182: number %s shows as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['q2024abcd@163.com', 'q202***@163.com'],
    ['a@b.co', 'a***@b.co'],
    ['nonsense', '***'],
  ])('CUS-049: address %s shows as %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });

  it.each([
    ['name', 'fancy', 'f***y'],
    ['customerName', 'fancy', 'f***y'],
    ['email', 'a@b.co', 'a***@b.co'],
    ['mobileNumber', '+4915112345678', '+49****5678'],
    ['accountName', 'fancy', 'fancy'],
    ['name', { first: 'fancy' }, { first: 'fancy' }],
  ])('spec note 13: a field %s of %j becomes %j', (field, value, masked) => {
    expect(maskPersonal(field, value)).toEqual(masked);
  });
});
