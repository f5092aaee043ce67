import { constants, crc32, deflateRawSync } from 'node:zlib';

/**
 * Writes a ZIP archive piece by piece, so that a later invocation can go on where an earlier one stopped: between two pieces all there is
 * to know is this state. Archives stay below 4 GB and so need no ZIP64.
 */
export interface ZipState {
  readonly length: number;
  readonly entries: readonly ZipEntry[];
}

interface ZipEntry {
  readonly name: string;
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly compressedSize: number;
}

export interface ZipPiece {
  readonly state: ZipState;
  readonly bytes: Buffer;
}

export const EMPTY_ZIP: ZipState = { length: 0, entries: [] };

const VERSION = 20;
const NAME_IS_UTF8_SIZES_FOLLOW = 0x0808;
const DEFLATED = 8;
const DAY_ONE = 0x0021; // 1 January 1980: the same content gives the same file
/** An empty last block: ends what full flushes left open. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

export function beginEntry({ length, entries }: ZipState, name: string): ZipPiece {
  const encoded = Buffer.from(name);
  const bytes = Buffer.concat([fields('local'), encoded]);
  bytes.writeUInt16LE(encoded.length, 26);
  const entry = { name, offset: length, crc: 0, size: 0, compressedSize: 0 };
  return { bytes, state: { length: length + bytes.length, entries: [...entries, entry] } };
}

/** Every piece is compressed by itself and flushed fully, so that it depends on nothing before it. */
export function addToEntry(state: ZipState, text: string): ZipPiece {
  const raw = Buffer.from(text);
  const bytes = deflateRawSync(raw, { finishFlush: constants.Z_FULL_FLUSH });
  return { bytes, state: grown(state, bytes, raw) };
}

export function endEntry(state: ZipState): ZipPiece {
  const { crc, size, compressedSize } = lastOf(state);
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(compressedSize + LAST_BLOCK.length, 8);
  descriptor.writeUInt32LE(size, 12);
  const after = grown(state, LAST_BLOCK, Buffer.alloc(0));
  return {
    bytes: Buffer.concat([LAST_BLOCK, descriptor]),
    state: { ...after, length: after.length + descriptor.length },
  };
}

/** The directory, behind the last entry. */
export function endArchive({ length, entries }: ZipState): Buffer {
  const directory = Buffer.concat(entries.map(directoryRecord));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(length, 16);
  return Buffer.concat([directory, end]);
}

function directoryRecord({ name, offset, crc, size, compressedSize }: ZipEntry): Buffer {
  const encoded = Buffer.from(name);
  const record = fields('directory');
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(compressedSize, 20);
  record.writeUInt32LE(size, 24);
  record.writeUInt16LE(encoded.length, 28);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, encoded]);
}

function fields(kind: 'local' | 'directory'): Buffer {
  const header = Buffer.alloc(kind === 'local' ? 30 : 46);
  const shift = kind === 'local' ? 4 : 6;
  header.writeUInt32LE(kind === 'local' ? 0x04034b50 : 0x02014b50, 0);
  if (kind === 'directory') header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, shift);
  header.writeUInt16LE(NAME_IS_UTF8_SIZES_FOLLOW, shift + 2);
  header.writeUInt16LE(DEFLATED, shift + 4);
  header.writeUInt16LE(DAY_ONE, shift + 8);
  return header;
}

function grown(state: ZipState, compressed: Buffer, raw: Buffer): ZipState {
  const entry = lastOf(state);
  const after = {
    ...entry,
    crc: crc32(raw, entry.crc),
    size: entry.size + raw.length,
    compressedSize: entry.compressedSize + compressed.length,
  };
  return { length: state.length + compressed.length, entries: [...state.entries.slice(0, -1), after] };
}

function lastOf({ entries }: ZipState): ZipEntry {
  const entry = entries.at(-1);
  if (!entry) throw new RangeError('the archive has no entry yet');
  return entry;
}
