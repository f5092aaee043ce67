/**
 * ORG-12: the permission catalog and what the system-defined roles grant, as data.
 * `all` = every customer or partner-wide, `team` and `own` = the data scope of the role, `view` = the viewing code of the row only.
 */
type Grant = 'all' | 'team' | 'own';
type Row = readonly [
  codes: readonly string[],
  admin: Grant | '-',
  finance: Grant | '-',
  director: Grant | '-',
  manager: Grant | '-',
];

export const BASE_PERMISSIONS = [
  'home.view',
  'profile.manage-own',
  'partner-info.view',
  'document.view',
  'ticket.manage-own',
] as const;

const CATALOG = [
  [['partner-info.manage'], 'all', '-', '-', '-'],
  [['security.manage', 'preferences.manage'], 'all', '-', '-', '-'],
  [['customer-notification.manage', 'customer-bill-permission.manage'], 'all', '-', '-', '-'],
  [['consumption-quota.view'], 'all', 'all', '-', '-'],
  [['business-info.view', 'business-info.manage'], 'all', 'all', '-', '-'],
  [['case.view'], 'all', '-', 'all', '-'],
  [['program.view'], 'all', '-', 'all', '-'],
  [['program.manage'], 'all', '-', '-', '-'],
  [['agreement.view'], 'all', 'all', '-', '-'],
  [['agreement.manage'], 'all', '-', '-', '-'],
  [['revenue-goal.view', 'revenue-goal.manage'], 'all', '-', '-', '-'],
  [['solution.manage', 'competency.manage'], 'all', '-', '-', '-'],
  [['benefit.view'], 'all', 'all', '-', '-'],
  [['benefit.manage'], 'all', '-', '-', '-'],
  [['benefit.payment'], 'all', 'all', '-', '-'],
  [['member.view'], 'all', '-', 'team', '-'],
  [['member.manage', 'role.view', 'role.manage'], 'all', '-', '-', '-'],
  [['customer-contact.manage'], 'all', '-', '-', '-'],
  [['personnel.view', 'personnel.manage'], 'all', '-', '-', '-'],
  [['customer-development.manage'], 'all', '-', 'team', 'own'],
  [['opportunity.view'], 'all', '-', 'team', 'own'],
  [['opportunity.manage'], 'all', '-', '-', 'own'],
  [['marketing-task.process'], 'all', '-', 'team', 'own'],
  [['customer.view'], 'all', 'all', 'team', 'own'],
  [['customer.export'], 'all', '-', '-', '-'],
  [['customer.budget', 'customer.freeze', 'customer.discount'], 'all', '-', 'team', 'own'],
  [['customer.association'], 'all', '-', '-', '-'],
  [['customer.assign'], 'all', '-', 'team', '-'],
  [['customer.authorization', 'customer.act-on-behalf'], 'all', '-', 'team', 'own'],
  [['group.manage'], 'all', '-', 'team', '-'],
  [['order.view'], 'all', 'all', 'team', 'own'],
  [['order.adjust-price'], 'all', '-', 'team', 'own'],
  [['expenditure.view'], 'all', 'all', 'team', 'own'],
  [['expenditure.export'], 'all', 'all', 'team', '-'],
  [['alert.view-all'], 'all', '-', 'all', '-'],
  [['alert.handle'], 'all', '-', 'team', 'own'],
  [['bill.view', 'bill.export', 'fund.view', 'invoice.manage'], 'all', 'all', '-', '-'],
  [['bill.repay'], 'all', 'all', '-', '-'],
  [['commercial-discount.view'], 'all', 'all', '-', '-'],
  [['coupon.view'], 'all', 'all', '-', '-'],
  [['coupon.manage'], 'all', '-', '-', '-'],
  [['finance-settings.manage'], 'all', 'all', '-', '-'],
  [['incentive.view', 'incentive.process'], 'all', 'all', '-', '-'],
  [['revenue.view', 'statistics.view'], 'all', 'all', 'team', 'own'],
  [['budget-recipient.manage'], 'all', 'all', '-', '-'],
  [['reseller.view'], 'all', '-', 'all', '-'],
  [['reseller.manage'], 'all', '-', '-', '-'],
  [['trace.view'], 'all', '-', '-', '-'],
] as const satisfies readonly Row[];

export type Permission = (typeof BASE_PERMISSIONS)[number] | (typeof CATALOG)[number][0][number];

/** ORG-02. */
export const SYSTEM_ROLES = ['admin', 'finance-specialist', 'account-director', 'account-manager'] as const;
export type SystemRole = (typeof SYSTEM_ROLES)[number];

export const ALL_PERMISSIONS: readonly Permission[] = [
  ...BASE_PERMISSIONS,
  ...CATALOG.flatMap(([codes]) => [...codes]),
];

const COLUMN: Record<SystemRole, 1 | 2 | 3 | 4> = {
  admin: 1,
  'finance-specialist': 2,
  'account-director': 3,
  'account-manager': 4,
};

/** What a role grants: its permissions, the base ones always among them (ORG-07). */
export function permissionsOf(role: SystemRole): ReadonlySet<Permission> {
  const granted = CATALOG.filter((row) => row[COLUMN[role]] !== '-').flatMap(([codes]) => [...codes] as Permission[]);
  return new Set<Permission>([...BASE_PERMISSIONS, ...granted]);
}

/** The union of what the roles grant (ORG-01). */
export const permissionsOfRoles = (roles: readonly SystemRole[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => [...permissionsOf(role)]));

/** Whose customers a member sees and manages. */
export type DataScope = 'all' | 'team' | 'own';

/** ORG-13 to ORG-16: a sole account manager has `own`, a sole director `team`, everyone else `all`. */
export function dataScopeOf(roles: readonly SystemRole[]): DataScope {
  if (roles.length === 1 && roles[0] === 'account-manager') return 'own';
  if (roles.length === 1 && roles[0] === 'account-director') return 'team';
  return 'all';
}
