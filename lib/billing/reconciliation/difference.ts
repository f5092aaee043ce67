export const DIFFERENCE_KINDS = [
  'line-missing',
  'record-missing',
  'line-twice',
  'line-differs',
  'month-differs',
  'header-differs',
  'posting-missing',
  'ledger-differs',
] as const;

/** Where usage records, bill lines and ledger do not say the same, named by the record it is about where there is one. */
export interface Difference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  readonly customerId?: string;
  readonly recordId?: string;
  readonly lineId?: string;
  /** Which figure. */
  readonly field?: string;
  /** What the side before says: the record for a line, the lines for a header, the header for the ledger. */
  readonly expected?: string;
  readonly found?: string;
}

/** In words, for the cause of a parked bill. */
export const named = ({ kind, recordId, customerId, field }: Difference): string =>
  [kind, recordId ?? customerId, field].filter((part) => part !== undefined).join(' ');
