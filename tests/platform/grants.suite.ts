import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { DIST, ROOT, reached } from '../../infra/build.ts';
import { GRANTS, type Grants } from '../../infra/roles.ts';

/** The text of every source of ours that the functions of an area load. */
async function sourcesOf(area: string, { outputs }: Metafile): Promise<string> {
  const entries = Object.keys(outputs).filter(
    (path) => path.startsWith(`dist/functions/${area}/`) && path.endsWith('.mjs'),
  );
  const chunks = new Set(entries.flatMap((entry) => reached({ inputs: {}, outputs }, entry, true)));
  const inputs = new Set(
    [...chunks].flatMap((chunk) =>
      Object.entries(outputs[chunk]?.inputs ?? {})
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
  );
  const own = [...inputs].filter((path) => /^(?:lib|functions)\//.test(path));
  return (await Promise.all(own.map((path) => readFile(join(ROOT, path), 'utf8')))).join('\n');
}

/** What of a grant no source mentions. */
function unused(
  { reads = [], changes = [], checks = [], sends = [], files, mails }: Grants,
  sources: string,
): string[] {
  return [
    ...[...reads, ...changes, ...checks]
      .filter((table) => !new RegExp(`(?:table: |const TABLE = |\\(\\s*)'${table}'`).test(sources))
      .map((table) => `table ${table}`),
    ...sends
      .filter((queue) => !new RegExp(`(?<!queue: |\\| )'${queue}'`).test(sources))
      .map((queue) => `queue ${queue}`),
    ...(files && !sources.includes('filesBucket()') ? ['files'] : []),
    ...(mails && !sources.includes('SendEmailCommand') ? ['mails'] : []),
  ];
}

describe('the grants', () => {
  it.each(Object.entries(GRANTS))('of %s hold nothing that its code does not use', async (area, grants) => {
    const metafile: Metafile = JSON.parse(await readFile(join(DIST, 'meta.json'), 'utf8'));
    expect(unused(grants, await sourcesOf(area, metafile))).toEqual([]);
  });
});
