import { writeXlsxStream } from 'hucre/xlsx';
import { finishUpload, startUpload, uploadPart } from '../files.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Writes a workbook of one sheet while its rows are read: what is in memory is a part of the upload, never the file. Texts stay texts,
 * also those that look like formulas.
 * @returns the rows written, the header not counted
 */
export async function writeXlsx(
  { key, sheet }: { readonly key: string; readonly sheet: string },
  rows: AsyncIterable<(string | number)[]>,
  bytesAPart: number,
): Promise<number> {
  let count = -1;
  async function* counted(): AsyncGenerator<(string | number)[]> {
    for await (const row of rows) {
      count += 1;
      yield row;
    }
  }
  const uploadId = await startUpload(key, XLSX);
  const tags: string[] = [];
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    tags.push(await uploadPart(key, uploadId, tags.length + 1, Buffer.concat(pieces)));
    pieces = [];
    bytes = 0;
  };
  for await (const piece of writeXlsxStream(counted(), { name: sheet, freezePane: { rows: 1 } })) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= bytesAPart) await flush();
  }
  if (bytes > 0) await flush();
  await finishUpload(key, uploadId, tags);
  return count;
}
