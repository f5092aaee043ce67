import { parse } from 'csv-parse/sync';

/** The fields of one record; `undefined` when quotes are out of place. */
export function fieldsOf(text: string): readonly string[] | undefined {
  try {
    const [fields] = parse(text, OPTIONS);
    return fields;
  } catch {
    return undefined; // csv-parse says which quote; whoever mends the line sees it
  }
}

/** The fields of many records, read at once; where that fails, each by itself. */
export function fieldsOfAll(texts: readonly string[]): (readonly string[] | undefined)[] {
  try {
    const all = parse(texts.join('\n'), OPTIONS);
    if (all.length === texts.length) return all;
  } catch {
    // One of them is broken, which must not cost the others.
  }
  return texts.map(fieldsOf);
}

const OPTIONS = { relax_column_count: true, record_delimiter: '\n' } as const;
