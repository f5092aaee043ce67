import type { ExpenditureRecord } from './record.ts';

/** Where a record stands among those of its customer's cycle; texts compare as positions do. */
export const positionOf = ({
  transactionTime,
  recordId,
}: Pick<ExpenditureRecord, 'transactionTime' | 'recordId'>): string => `${transactionTime}#${recordId}`;
