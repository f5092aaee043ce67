import { harmless, toCsv } from '#lib/shared/exports/csv.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inZone } from '#lib/shared/zone.ts';
import { maskCustomerEmail, maskCustomerName } from '../../leads/masks.ts';
import { type Invitation, invitationAt } from '../invitation.ts';

interface Column {
  readonly title: string;
  of(row: Invitation, inClear: boolean): string | undefined;
}

const column = (title: string, of: Column['of']): Column => ({ title, of });

/** Times as on the wall clock of GMT+08:00 (DEV-196). */
const timeText = (time: Instant | undefined): string | undefined => time && inZone(time, '+08:00').text;

const masked = (value: string | undefined, inClear: boolean, mask: (text: string) => string): string | undefined =>
  value === undefined || inClear ? value : mask(value);

const COLUMNS: readonly Column[] = [
  column('Customer Name', (row, inClear) => masked(row.customerName, inClear, maskCustomerName)),
  column('Email', (row, inClear) => masked(row.email, inClear, maskCustomerEmail)),
  column('Account Name', ({ accountName }) => accountName),
  column('Custom Tag', ({ customTag }) => customTag),
  column('Invitation Method', ({ method }) => method),
  column('Association Type', ({ associationType }) => associationType),
  column('Status', ({ status }) => status),
  column('Sent', ({ sentAt }) => timeText(sentAt)),
  column('Expires', ({ expiresAt }) => timeText(expiresAt)),
  column('Registered', ({ registeredAt }) => timeText(registeredAt)),
  column('Associated', ({ associatedAt }) => timeText(associatedAt)),
  column('Sent By', ({ sentBy }) => sentBy),
  column('Account Manager', ({ accountManagerId }) => accountManagerId),
  column('Failure Cause', ({ failure }) => failure?.message),
  column('Advice', ({ failure }) => failure?.advice),
];

export const invitationHeader = (): string => toCsv([COLUMNS.map(({ title }) => title)]);

/** Rows as they are at `now`; masked unless the reader may have them in clear (DEV-193). */
export const invitationRows = (rows: readonly Invitation[], inClear: boolean, now: Instant): string =>
  toCsv(rows.map((row) => COLUMNS.map(({ of }) => harmless(of(invitationAt(row, now), inClear) ?? ''))));
