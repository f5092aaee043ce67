import { describe, expect, it } from 'vitest';
import { maskEmail, maskName, maskPhone } from './masking.ts';

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
});
