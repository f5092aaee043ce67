/** A row of a file. */
export interface Row {
  readonly cells: readonly string[];
  /** Where it lies: reading goes on behind it. */
  readonly place: string;
}

/** What a file is made of. */
export interface RowSource {
  /** Name of the file, without ending. */
  readonly name: string;
  readonly titles: readonly string[];
  /** Rows behind a place, page by page; behind '' are all. The same place gives the same rows. */
  read(after: string): AsyncGenerator<readonly Row[]>;
  /** Columns whose figures are figures in a workbook too, and not texts. */
  readonly figures: ReadonlySet<string>;
  /** For programs: what a spreadsheet could take for a formula is left as it is. */
  readonly verbatim?: boolean;
}

/** What has no value on a screen; no formula begins so. */
export const NOT_APPLICABLE = '--';

/** Stands as the place behind the last row. */
export const END = '\uffff';

/** A list as pages of rows, from one that answers with keys to go on from; small lists alone, because they begin anew each time. */
export async function* pagesOf<Entry, Key>(
  page: (startKey: Key | undefined) => Promise<{ entries: readonly Entry[]; nextKey?: Key }>,
  toRow: (entry: Entry) => Row,
  after: string,
): AsyncGenerator<readonly Row[]> {
  let startKey: Key | undefined;
  let found = after === '';
  do {
    const answer: { entries: readonly Entry[]; nextKey?: Key } = await page(startKey);
    const rows = answer.entries.map(toRow);
    const first = found ? 0 : rows.findIndex(({ place }) => place === after) + 1;
    if (found || first > 0) yield rows.slice(first);
    found ||= first > 0;
    startKey = answer.nextKey;
  } while (startKey);
}
