import { writeXlsxStream } from 'hucre/xlsx';
import { finishUpload, startUpload, uploadPart } from '#lib/shared/files.ts';

/**
 * Writes a workbook of one sheet while its rows are read: what is in memory is a part of the upload, never the file. Texts stay texts,
 * also those that look like formulas.
 * @returns the rows written, the header not counted
 */
export async function writeXlsx(
  key: string,
  contentType: string,
  rows: AsyncIterable<string[]>,
  bytesAPart: number,
): Promise<number> {
  let count = -1;
  async function* counted(): AsyncGenerator<string[]> {
    for await (const row of rows) {
      count += 1;
      yield row;
    }
  }
  const uploadId = await startUpload(key, contentType);
  const tags: string[] = [];
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    tags.push(await uploadPart(key, uploadId, tags.length + 1, Buffer.concat(pieces)));
    pieces = [];
    bytes = 0;
  };
  for await (const piece of writeXlsxStream(counted(), { name: 'Customers', freezePane: { rows: 1 } })) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= bytesAPart) await flush();
  }
  if (bytes > 0) await flush();
  await finishUpload(key, uploadId, tags);
  return count;
}
