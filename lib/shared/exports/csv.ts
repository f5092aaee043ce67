import { stringify } from 'csv-stringify/sync';

/** A file in Excel's idea of CSV: CRLF, quotes where needed, a header row, UTF-8 (FIN-160). */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify([...rows], { record_delimiter: 'windows' });

const NUMBER = /^-?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r]/;

/** A text that a spreadsheet would run as a formula is marked as text; numbers stay numbers. */
export const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
