import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { addToEntry, beginEntry, EMPTY_ZIP, endArchive, endEntry, type ZipState } from './zip.ts';

/** As another invocation would: nothing but the stored state is carried over. */
const stored = (state: ZipState): ZipState => JSON.parse(JSON.stringify(state));

it('FIN-160: an archive written in pieces opens as one', () => {
  const texts: Record<string, readonly string[]> = {
    'lines-1.csv': ['title\r\n', 'é;"quoted"\r\n'.repeat(50_000), 'end\r\n'],
    'lines-2.csv': ['title\r\n', ''],
    'empty.csv': [],
  };
  const pieces: Buffer[] = [];
  let state = EMPTY_ZIP;
  const put = ({ bytes, state: after }: { bytes: Buffer; state: ZipState }) => {
    pieces.push(bytes);
    state = stored(after);
  };
  for (const [name, parts] of Object.entries(texts)) {
    put(beginEntry(state, name));
    for (const part of parts) put(addToEntry(state, part));
    put(endEntry(state));
  }
  const archive = Buffer.concat([...pieces, endArchive(state)]);
  const files = unzipSync(new Uint8Array(archive));
  expect(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))).toEqual(
    Object.fromEntries(Object.entries(texts).map(([name, parts]) => [name, parts.join('')])),
  );
  expect(archive.length).toBeLessThan(20_000);
});
