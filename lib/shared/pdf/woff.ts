import { inflateSync } from 'node:zlib';

const SIGNATURE = 0x774f4646; // `wOFF`
const HEADER = 44;
const ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/**
 * A WOFF 1.0 file (https://www.w3.org/TR/WOFF/) as the font it holds; anything else as it is. The shaper can read WOFF itself, but
 * inflates a table anew for every glyph.
 */
export function unpackFont(file: Buffer): Buffer {
  if (file.readUInt32BE(0) !== SIGNATURE) return file;
  const count = file.readUInt16BE(12);
  const font = Buffer.alloc(file.readUInt32BE(16));
  writeHeader(font, file.readUInt32BE(4), count);
  let end = SFNT_HEADER + count * SFNT_ENTRY;
  for (let i = 0; i < count; i += 1) {
    const entry = HEADER + i * ENTRY;
    const offset = file.readUInt32BE(entry + 4);
    const stored = file.readUInt32BE(entry + 8);
    const length = file.readUInt32BE(entry + 12);
    const table = file.subarray(offset, offset + stored);
    (stored < length ? inflateSync(table) : table).copy(font, end);
    const place = SFNT_HEADER + i * SFNT_ENTRY;
    font.writeUInt32BE(file.readUInt32BE(entry), place); // tag
    font.writeUInt32BE(file.readUInt32BE(entry + 16), place + 4); // checksum
    font.writeUInt32BE(end, place + 8);
    font.writeUInt32BE(length, place + 12);
    end += (length + 3) & ~3; // tables begin at multiples of four
  }
  return font;
}

function writeHeader(font: Buffer, flavor: number, count: number): void {
  const selector = Math.floor(Math.log2(count));
  const range = 2 ** selector * 16;
  font.writeUInt32BE(flavor, 0);
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(range, 6);
  font.writeUInt16BE(selector, 8);
  font.writeUInt16BE(count * 16 - range, 10);
}
