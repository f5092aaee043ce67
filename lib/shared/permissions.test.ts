import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ALL_PERMISSIONS,
  BASE_PERMISSIONS,
  dataScopeOf,
  permissionsOf,
  permissionsOfRoles,
  SYSTEM_ROLES,
  type SystemRole,
} from './permissions.ts';

/** The matrix of ORG-12 as the chapter prints it: code to the cells of the four roles. */
function printedMatrix(): Map<string, string[]> {
  const chapter = readFileSync(new URL('../../docs/spec/02-organization.md', import.meta.url), 'utf8');
  const rows = chapter
    .slice(chapter.indexOf('| Permission codes |'), chapter.indexOf('### Data scope'))
    .split('\n')
    .slice(2);
  const matrix = new Map<string, string[]>();
  for (const row of rows.filter((line) => line.startsWith('|'))) {
    const [codes = '', , ...cells] = row.split('|').slice(1);
    for (const [, code] of codes.matchAll(/`([a-z.-]+)`/g))
      matrix.set(
        code as string,
        cells.slice(0, 4).map((cell) => cell.trim()),
      );
  }
  return matrix;
}

/** A `view only` cell grants the row's viewing codes. */
const grants = (code: string, cell: string): boolean =>
  cell !== '-' && (cell !== 'view only' || code.endsWith('.view'));

describe('the permission catalog', () => {
  const matrix = printedMatrix();

  it('ORG-12: has exactly the codes of the chapter', () => {
    expect([...ALL_PERMISSIONS].sort()).toEqual([...matrix.keys()].sort());
  });

  it.each(SYSTEM_ROLES.map((role, column) => [role, column] as const))(
    'ORG-02, ORG-12: %s grants what the chapter says',
    (role, column) => {
      const expected = [...matrix].filter(([code, cells]) => grants(code, cells[column] ?? '-')).map(([code]) => code);
      expect([...permissionsOf(role)].sort()).toEqual(expected.sort());
    },
  );

  it('ORG-07: every role has the base permissions', () => {
    for (const role of SYSTEM_ROLES)
      expect([...permissionsOf(role)]).toEqual(expect.arrayContaining([...BASE_PERMISSIONS]));
  });

  it('ORG-01: several roles grant their union', () => {
    const both = permissionsOfRoles(['finance-specialist', 'account-manager']);
    expect(both.has('bill.repay')).toBe(true);
    expect(both.has('customer.budget')).toBe(true);
    expect(both.has('member.manage')).toBe(false);
  });

  it('FIN-03: neither account directors nor account managers get a finance permission', () => {
    for (const role of ['account-director', 'account-manager'] as const) {
      for (const code of [
        'bill.view',
        'bill.repay',
        'fund.view',
        'invoice.manage',
        'coupon.view',
        'commercial-discount.view',
      ] as const) {
        expect(permissionsOf(role).has(code)).toBe(false);
      }
    }
  });

  it.each<[SystemRole[], string, string]>([
    [['account-manager'], 'own', 'ORG-13'],
    [['account-manager', 'finance-specialist'], 'all', 'ORG-14'],
    [['account-director'], 'team', 'ORG-15'],
    [['account-director', 'finance-specialist'], 'all', 'ORG-16'],
    [['finance-specialist'], 'all', 'ORG-16'],
    [['admin'], 'all', 'ORG-12'],
  ])('ORG-13 to ORG-16: %j sees %s (%s)', (roles, scope) => {
    expect(dataScopeOf(roles)).toBe(scope);
  });
});
