import { expect, it } from 'vitest';
import { harmless } from './csv.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['-r', "'-r"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['-30.00000000', '-30.00000000'],
  ['-30-1', "'-30-1"],
  ['a=1', 'a=1'],
  ['', ''],
])('FIN-160: %j is written as %j', (text, written) => {
  expect(harmless(text)).toBe(written);
});
