import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { somePort } from '../support/ports.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'infra', 'local', 'demo', 'main.ts');

/** The sum of the file's own list-cost column, by nothing but its text: every field of it stands in quotes or has no comma. */
function listCostOfFile(): string {
  const lines = readFileSync(join(ROOT, 'infra', 'local', 'data', 'focus-1.0-sample.csv'), 'utf8')
    .trim()
    .split('\n');
  const fields = lines.map(
    (line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((field) => field.replace(/,$/, '')) ?? [],
  );
  const column = fields[0]?.indexOf('"ListCost"') ?? -1;
  const units = fields.slice(1).map((field) => {
    const [whole = '0', fraction = ''] = (field[column] ?? '').split('.');
    return BigInt(whole.replace('-', '') + fraction.padEnd(11, '0')) * (whole.startsWith('-') ? -1n : 1n);
  });
  const sum = units
    .reduce((total, each) => total + each, 0n)
    .toString()
    .padStart(12, '0');
  return `${sum.slice(0, -11)}.${sum.slice(-11)}`;
}

describe('the demo', () => {
  it('FIN-06, FIN-10, FIN-17, FIN-87, FIN-88, FIN-110, FIN-167, CUS-105, DEV-37, DEV-41, DEV-105: plays the month on real data; every sum in its report equals the file', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--exit', '--port', await somePort()]);

    expect(stdout).toMatch(new RegExp(`The file +${listCostOfFile().replace('.', '\\.')}\n`));
    expect(stdout).toMatch(/Difference +0\.00000000000\n/);
    expect(stdout).toContain('Equal to the last decimal, for each of the 68 customers too.');
    // one customer after the other meets 75, 90 and 100 percent, and is frozen until the month turns
    expect(stdout).toMatch(
      /18938484842.*75% 09-27.*90% 09-29.*100% 09-30.*budget-exhaustion 09-30.*budget-restored 10-01 00:00/,
    );
    expect(stdout).toMatch(/86259583660.*one-time.*100% 09-19.*budget-exhaustion 09-19 12:10$/m); // nothing restores it
    expect(stdout.match(/bill_2024-09_par_\w+.*10-05 02:0\d +10-20 23:59 +SKY24\d{6} /gm)).toHaveLength(3);
    // one partner's coupon is used up and its card charged, one transfers what it owes, one has not paid yet
    expect(stdout).toMatch(/Sunbird Cloud +bill_.* 2\.00000000 .*paid$/m);
    expect(stdout).toMatch(/Northwind Integrators +bill_.* 0\.00000000 .*paid$/m);
    expect(stdout).toMatch(/Meridian Distribution +bill_.*unpaid$/m);
    expect(stdout).toMatch(/USD +(\d+\.\d+) +\1 +balanced/);
    // one lead from its pre-registration to the first purchase, one that runs out on day 15, one refused with three reasons
    expect(stdout).toMatch(/Sunbird Cloud +Orchid Labs +associated; first purchase 42\.00\d* USD/);
    expect(stdout).toMatch(/Tern Logistics +expired; its 15 days ended 2024-09-15T14:0\d:/);
    expect(stdout).toMatch(
      /Granite Mining +refused: CONTRACT_SIGNED \(hard\), CASH_EXPENDITURE \(hard\), REGISTERED_OVER_7_DAYS \(reviewable\)/,
    );
  }, 600_000);
});
