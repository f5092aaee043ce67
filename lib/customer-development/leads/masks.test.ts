import { expect, it } from 'vitest';
import { maskCustomerEmail, maskCustomerMobile, maskCustomerName } from './masks.ts';

it.each([
  ['weng1', 'w****1'],
  ['王小明', '王****明'],
  ['Jo', 'J****'],
  ['J', 'J****'],
])('DEV-190: the name %s is shown as %s', (name, shown) => {
  expect(maskCustomerName(name)).toBe(shown);
});

it.each([
  ['4097123@qq.com', '4097****@qq.com'],
  ['abcde@x.example', 'abcd****@x.example'],
  ['abcd@x.example', 'a****@x.example'],
  ['a@x.example', 'a****@x.example'],
])('DEV-190: the address %s is shown as %s', (email, shown) => {
  expect(maskCustomerEmail(email)).toBe(shown);
});

it.each([
  ['19312340003', '193****0003'],
  ['+8521234', '+85****1234'],
  ['1234567', '1****'],
])('DEV-190: the number %s is shown as %s', (mobile, shown) => {
  expect(maskCustomerMobile(mobile)).toBe(shown);
});
