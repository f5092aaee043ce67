import type { DataScope, Permission, SystemRole } from './permissions.ts';

/** Who acts (spec note 11). Loaded from the tables on every request, so a change of roles holds for the next one (ORG-10). */
export type Actor = Member | Customer | Account | Group | Operator | System;
export type ActorKind = Actor['kind'];

export interface Member {
  readonly kind: 'member';
  readonly id: string;
  readonly partnerId: string;
  readonly name: string;
  readonly email: string;
  readonly mobileNumber?: string;
  /** The account that joined the network: every permission, scope `all`, no roles (ORG-08). */
  readonly owner: boolean;
  readonly roles: readonly SystemRole[];
  readonly permissions: ReadonlySet<Permission>;
  readonly dataScope: DataScope;
}

export interface Customer {
  readonly kind: 'customer';
  readonly id: string;
  readonly customerId: string;
  readonly email?: string;
  readonly mobileNumber?: string;
}

/** Who can be asked for a verification code (ORG-176). */
export type Person = Member | Customer;

/** A signed-in account of the platform that acts for nobody here yet; only operations that declare it admit one. */
export interface Account {
  readonly kind: 'account';
  readonly id: string;
  readonly subject: string;
}

/** The own account of a group of customers or partners; it sees that group and nothing else (CUS-011). */
export interface Group {
  readonly kind: 'group';
  readonly id: string;
  readonly groupId: string;
}

export interface Operator {
  readonly kind: 'operator';
  readonly id: string;
  readonly name: string;
}

export interface System {
  readonly kind: 'system';
  readonly id: 'system';
}

export const SYSTEM: System = { kind: 'system', id: 'system' };
