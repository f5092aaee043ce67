import { describe, expect, it } from 'vitest';
import { fieldsOf, fieldsOfAll } from './csv-fields.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';

async function* inChunks(content: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** All records of a two-column file, read in chunks of some bytes. */
async function read(content: string | Buffer, size = 5): Promise<CsvRecord[]> {
  const twoColumns = (text: string): boolean => fieldsOf(text)?.length === 2;
  return all(csvRecords(inChunks(content, size), { offset: 0, line: 1 }, twoColumns));
}

async function all(records: AsyncIterable<CsvRecord>): Promise<CsvRecord[]> {
  const collected: CsvRecord[] = [];
  for await (const record of records) collected.push(record);
  return collected;
}

const brief = (records: readonly CsvRecord[]) =>
  records.map((record) => [record.line, 'text' in record ? record.text : undefined]);

describe('csvRecords', () => {
  it.each([1, 2, 3, 7, 64])('CUS-096: cuts at line ends outside quotes, in chunks of %i bytes', async (size) => {
    const records = await read('a,b\r\n1,"x\r\n""y"""\r\n\r\n2,é', size);
    expect(brief(records)).toEqual([
      [1, 'a,b'],
      [2, '1,"x\r\n""y"""'],
      [4, ''],
      [5, '2,é'],
    ]);
  });

  it('CUS-096: every record says where to go on from', async () => {
    const content = 'a,b\r\n1,"x\n"\n2,é\n3,4';
    for (const { next } of await read(content)) {
      const rest = csvRecords(inChunks(Buffer.from(content).subarray(next.offset), 4), next, () => true);
      const expected = (await read(content)).filter(({ line }) => line >= next.line);
      expect(await all(rest)).toEqual(expected);
    }
  });

  it.each([
    ['that never closes', '1,"x\n2,3\n4,5', [2]],
    ['that closes in a later line', '1,"x\n2,"3"\n4,5\n', [2]],
    ['in the middle of a field', '1,x"y\n2,3\n4,5\n', [2]],
    ['twice', '1,"x\n2,3\n4,"y\n6,7\n', [2, 4]],
  ])('CUS-096: a stray quote %s costs its line alone', async (_what, lines, broken) => {
    const records = await read(`a,b\n${lines}`);
    expect(records.filter((record) => !('text' in record)).map(({ line }) => line)).toEqual(broken);
    expect(records).toHaveLength(`a,b\n${lines}`.trimEnd().split('\n').length);
  });

  it('CUS-096: bytes that are no UTF-8 cost their line', async () => {
    const records = await read(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff]), Buffer.from('\n2,3\n')]));
    expect(brief(records)).toEqual([
      [1, 'a,b'],
      [2, undefined],
      [3, '2,3'],
    ]);
  });
});

describe('fieldsOfAll', () => {
  it('CUS-096: one broken record does not cost the others', () => {
    expect(fieldsOfAll(['a,"b"', 'c"d,e', 'f,"g\nh"'])).toEqual([['a', 'b'], undefined, ['f', 'g\nh']]);
  });
});
