import { addToEntry, beginEntry, EMPTY_ZIP, endArchive, endEntry, type ZipPiece, type ZipState } from './zip.ts';

/** Spec note 14. */
export const ROWS_A_PART = 1_000_000;
/** FIN-160: 5,000,000 rows a file. */
const PARTS_A_FILE = 5;

/** A file under construction: plain CSV, or an archive of CSV parts. */
export interface FileState {
  readonly rows: number;
  readonly rowsInEntry: number;
  readonly zip?: ZipState;
}

export interface FilePiece {
  readonly state: FileState;
  readonly bytes: Buffer;
}

export interface FileForm {
  /** Name without ending. */
  readonly name: string;
  readonly header: string;
  /** Smaller in tests. */
  readonly rowsAPart: number;
}

export const startFile = (zipped: boolean): FileState => ({
  rows: 0,
  rowsInEntry: 0,
  zip: zipped ? EMPTY_ZIP : undefined,
});

/** How many rows go in before something has to end. */
export const roomIn = (state: FileState, form: FileForm): number =>
  state.zip ? form.rowsAPart - state.rowsInEntry : Number.MAX_SAFE_INTEGER;

export const isFull = (state: FileState): boolean =>
  state.zip?.entries.length === PARTS_A_FILE && state.rowsInEntry === 0;

/** Adds rows, at most as many as there is room for; a part begins with its header and ends when it is full. */
export function addRows(state: FileState, form: FileForm, csv: string, count: number): FilePiece {
  const rows = state.rows + count;
  const text = state.rowsInEntry === 0 ? form.header + csv : csv;
  if (!state.zip) return { bytes: Buffer.from(text), state: { rows, rowsInEntry: rows } };
  const pieces: ZipPiece[] = [];
  const put = (piece: ZipPiece): ZipState => {
    pieces.push(piece);
    return piece.state;
  };
  let zip = state.zip;
  if (state.rowsInEntry === 0) zip = put(beginEntry(zip, `${form.name}-${zip.entries.length + 1}.csv`));
  zip = put(addToEntry(zip, text));
  const full = state.rowsInEntry + count === form.rowsAPart;
  if (full) zip = put(endEntry(zip));
  const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
  return { bytes, state: { rows, rowsInEntry: full ? 0 : state.rowsInEntry + count, zip } };
}

/** What stands behind the last row. */
export function endFile({ zip, rowsInEntry }: FileState): Buffer {
  if (!zip) return Buffer.alloc(0);
  if (rowsInEntry === 0) return endArchive(zip);
  const end = endEntry(zip);
  return Buffer.concat([end.bytes, endArchive(end.state)]);
}
