import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DIST, loadedBytes, ROOT } from '../../infra/build.ts';
import { loadFunctions } from '../../infra/local/functions.ts';
import { packagedTemplates } from './packaged.ts';

const run = promisify(execFile);
const MOST_BYTES = 700 * 1024;

const loadMetafile = async (): Promise<Metafile> => JSON.parse(await readFile(join(DIST, 'meta.json'), 'utf8'));
const archiveOf = async (area: string) => unzipSync(await readFile(join(DIST, 'services', area, 'code.zip')));

describe('the bundle', () => {
  it('loads at most 700 KB for any handler', async () => {
    const loaded = loadedBytes(await loadMetafile());
    expect(loaded.size).toBe((await loadFunctions()).length);
    expect([...loaded].filter(([, bytes]) => bytes > MOST_BYTES)).toEqual([]);
  });

  it('starts: every built handler can be imported by Node and is a function', async () => {
    const built = (await loadFunctions()).map(({ file }) => join(DIST, file.replace(/\.ts$/, '.mjs')));
    const script = `for (const file of ${JSON.stringify(built)}) if (typeof (await import(file)).handler !== 'function') throw new Error(file)`;
    await expect(
      run(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT }),
    ).resolves.toBeDefined();
  });

  it('reaches each area whole: its archive holds its handlers and every chunk that they import', async () => {
    const metafile = await loadMetafile();
    for (const { area, file } of await loadFunctions()) {
      const archive = await archiveOf(area);
      const waiting = [file.replace(/\.ts$/, '.mjs')];
      for (const path of waiting) {
        expect(archive[path], `${area}: ${path}`).toBeDefined();
        const imports = metafile.outputs[`dist/${path}`]?.imports.filter((each) => !each.external) ?? [];
        for (const each of imports.map(({ path: imported }) => imported.slice('dist/'.length)))
          if (!waiting.includes(each)) waiting.push(each);
      }
    }
  });

  it('carries the API document and its page in the archive of the functions that serve them, maps in none', async () => {
    const names = Object.keys(await archiveOf('platform'));
    expect(names).toContain('reference/openapi.json');
    expect(names).toContain('reference/index.html');
    for (const area of packagedTemplates().keys()) {
      expect(
        Object.keys(await archiveOf(area)).filter((name) => name.endsWith('.map')),
        area,
      ).toEqual([]);
    }
  });
});
