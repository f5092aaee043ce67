import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { FONT_FILES } from '#lib/shared/pdf/fonts.ts';
import { archiveOf, build, DIST, ROOT } from './build.ts';
import { PLATFORM } from './functions.ts';
import { loadFunctions } from './local/functions.ts';
import type { Resources } from './local/templates.ts';
import { writeReference } from './reference.ts';
import { type Stack, stacksOf } from './stacks.ts';

export interface Template {
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Resources: Resources;
}

const run = promisify(execFile);
const OSLS = join(ROOT, 'node_modules', 'osls', 'bin', 'serverless.js');
const SERVICES = join(DIST, 'services');

/** Builds and packages every area; needs neither network nor credentials. @returns the areas in the order of their deployment */
export async function packageAll(stage: string): Promise<string[]> {
  const [metafile, functions] = await Promise.all([build(), loadFunctions()]);
  const reference = await writeReference(functions);
  const fonts = await copyFonts();
  const stacks = stacksOf(functions);
  await rm(SERVICES, { recursive: true, force: true });
  await inParallel(stacks, async (stack) => {
    await writeService(stack, metafile, [
      ...(stack.area === PLATFORM ? reference : []),
      ...(drawsDocuments(metafile, stack.area) ? fonts : []),
    ]);
    await osls(stack.area, ['package', '--stage', stage]);
  });
  return stacks.map(({ area }) => area);
}

/** The packaged template of an area. */
export async function loadPackaged(area: string): Promise<Template> {
  return JSON.parse(
    await readFile(join(SERVICES, area, '.serverless', 'cloudformation-template-update-stack.json'), 'utf8'),
  );
}

/** Runs one osls command on the service of one area. */
export async function osls(area: string, command: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [OSLS, ...command], { cwd: join(SERVICES, area) });
    return stdout;
  } catch (error) {
    // osls explains itself on its standard output
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`osls ${command.join(' ')} failed for ${area}\n${said}`, { cause: error });
  }
}

/** A folder of its own for each area: osls keeps its state beside serverless.yml, and two areas are packaged at a time. */
async function writeService(stack: Stack, metafile: Metafile, extra: readonly string[]): Promise<void> {
  const folder = join(SERVICES, stack.area);
  await mkdir(folder, { recursive: true });
  await copyFile(join(ROOT, 'serverless.yml'), join(folder, 'serverless.yml'));
  await writeFile(join(folder, 'stack.json'), JSON.stringify(stack, undefined, 2));
  await writeFile(join(folder, 'code.zip'), await archiveOf(metafile, stack.area, extra));
}

/** The fonts that documents are set in, at the place where `lib/shared/pdf/fonts.ts` looks for them inside an archive. */
async function copyFonts(): Promise<string[]> {
  const copies = FONT_FILES.map(async (file) => {
    const path = join('dist', 'fonts', file);
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await copyFile(join(ROOT, 'node_modules', file), join(ROOT, path));
    return path;
  });
  return Promise.all(copies);
}

const drawsDocuments = ({ outputs }: Metafile, area: string): boolean =>
  Object.entries(outputs).some(
    ([path, { inputs }]) => path.startsWith(`dist/chunks/${area}/`) && 'lib/shared/pdf/fonts.ts' in inputs,
  );

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { stage: { type: 'string', default: 'dev' } } });
  for (const area of await packageAll(values.stage)) {
    console.log(`${area}: ${Object.keys((await loadPackaged(area)).Resources).length} resources`);
  }
}
