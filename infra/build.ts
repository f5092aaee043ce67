import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build as bundle, type Metafile, type Plugin } from 'esbuild';
import { zipSync } from 'fflate';
import { frontDoors } from './front-doors.ts';

export const ROOT = dirname(import.meta.dirname);

/**
 * dist/functions and dist/chunks are what Lambda loads, dist/maps their source maps, which stay here. Each area is bundled in one run of
 * its own: code that its functions share is built once, and what only another area uses of a library stays out of it
 * (docs/decisions/0002-build-and-package.md).
 */
export const DIST = join(ROOT, 'dist');

/** CommonJS packages inside an ES module bundle ask for Node's own modules through `require`. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

export async function build(): Promise<Metafile> {
  for (const folder of ['functions', 'chunks', 'maps']) await rm(join(DIST, folder), { recursive: true, force: true });
  const plugins = [frontDoors(ROOT)];
  const metafiles = await Promise.all(areas().map((area) => bundleArea(area, plugins)));
  const metafile = {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  };
  await writeFile(join(DIST, 'meta.json'), JSON.stringify(metafile));
  await moveMaps(metafile);
  return metafile;
}

const areas = (): string[] =>
  readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

async function bundleArea(area: string, plugins: Plugin[]): Promise<Metafile> {
  const { metafile } = await bundle({
    absWorkingDir: ROOT,
    plugins,
    entryPoints: [`functions/${area}/*.ts`],
    outdir: 'dist',
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    chunkNames: `chunks/${area}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true, // the names of error classes are part of what the SDK and the log say
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  return metafile;
}

/** Bytes that each entry loads when it starts: itself and the chunks it imports, whatever they import included. */
export function loadedBytes(metafile: Metafile): Map<string, number> {
  const entries = Object.keys(metafile.outputs).filter(
    (path) => path.startsWith('dist/functions/') && path.endsWith('.mjs'),
  );
  return new Map(
    entries.map((path) => [path, sum(reached(metafile, path).map((each) => metafile.outputs[each]?.bytes ?? 0))]),
  );
}

/** The archive of one area: its functions, the chunks they can reach and, with `extra`, files that one of them reads. */
export async function archiveOf(metafile: Metafile, area: string, extra: readonly string[] = []): Promise<Uint8Array> {
  const entries = Object.keys(metafile.outputs).filter(
    (path) => path.startsWith(`dist/functions/${area}/`) && path.endsWith('.mjs'),
  );
  const paths = new Set([...entries.flatMap((entry) => reached(metafile, entry, true)), ...extra]);
  const files: Record<string, Uint8Array> = {};
  for (const path of [...paths].sort()) files[path.slice('dist/'.length)] = await readFile(join(ROOT, path));
  // The same code gives the same archive: no times, and rights that Lambda can read with.
  return zipSync(files, { mtime: '1980-01-01', os: 3, attrs: 0o644 << 16 });
}

/** An output and all that it imports; with `withDynamic` also what it may import later. */
export function reached(metafile: Metafile, start: string, withDynamic = false): string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const output = metafile.outputs[path];
    if (!output || seen.has(path)) return;
    seen.add(path);
    for (const each of output.imports)
      if (!each.external && (withDynamic || each.kind === 'import-statement')) visit(each.path);
  };
  visit(start);
  return [...seen];
}

async function moveMaps(metafile: Metafile): Promise<void> {
  for (const path of Object.keys(metafile.outputs).filter((each) => each.endsWith('.map'))) {
    const target = join(DIST, 'maps', path.slice('dist/'.length));
    await mkdir(dirname(target), { recursive: true });
    await rename(join(ROOT, path), target);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

if (import.meta.main) await build();
