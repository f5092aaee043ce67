import { expect, it } from 'vitest';
import { resultLine } from '../support/reporter.ts';

it.each([
  [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
  [{ passed: 0, failed: 3, skipped: 1 }, '0 passed, 3 failed, 1 skipped'],
])('the run ends with a line that scripts can read: %j', (count, line) => {
  expect(resultLine(count)).toBe(line);
});
