import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { frontDoors } from './front-doors.ts';

describe('imports through an area index', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'front-doors-'));
    await mkdir(join(root, 'lib', 'area'), { recursive: true });
    await mkdir(join(root, 'functions'));
    await write('package.json', '{ "type": "module", "imports": { "#lib/*": "./lib/*" } }');
    await write(
      'lib/area/index.ts',
      "export { used, type Used } from './used.ts';\nexport { unused } from './unused.ts';",
    );
    await write('lib/area/used.ts', "export type Used = string;\nexport const used = 'is used';");
    await write('lib/area/unused.ts', "globalThis.loaded = 'is not used';\nexport const unused = 1;");
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = (path: string, text: string) => writeFile(join(root, path), text);

  const bundled = async (source: string): Promise<string> => {
    await write('functions/handler.ts', source);
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ['functions/handler.ts'],
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [frontDoors(root)],
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };

  it('load the file that has the name, and no other file of the area', async () => {
    const text = await bundled(
      "import {\n  used,\n  type Used,\n} from '#lib/area/index.ts';\nexport const one: Used = used;",
    );
    expect(text).toContain('is used');
    expect(text).not.toContain('is not used');
  });

  it('may rename what they import', async () => {
    expect(await bundled("import { used as mine } from '#lib/area/index.ts';\nexport const one = mine;")).toContain(
      'is used',
    );
  });

  it('know by which name an index has it from its file', async () => {
    await write('lib/area/index.ts', "export { used as known } from './used.ts';");
    const text = await bundled("import { known } from '#lib/area/index.ts';\nexport const one = known;");
    expect(text).toContain('is used');
  });

  it('of a name that the index does not export fail the build', async () => {
    await expect(bundled("import { other } from '#lib/area/index.ts';\nexport const one = other;")).rejects.toThrow(
      'lib/area/index.ts does not export other',
    );
  });
});
