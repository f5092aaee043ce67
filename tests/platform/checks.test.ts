import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../infra/build.ts';
import { writeReferenceFiles } from './reference.setup.ts';

const run = promisify(execFile);

interface Verdict {
  readonly complaints: string;
  readonly said: string;
}

/** Runs a tool of node_modules; its complaints become the message of the failed test. */
async function verdictOf(tool: string, ...args: string[]): Promise<Verdict> {
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  const options = { cwd: ROOT, env: { ...process.env, ...quiet }, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules', tool), ...args], options);
    return { complaints: '', said: stdout };
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return { complaints: said.trim() || String(error), said };
  }
}

describe('the sources', { timeout: 600_000 }, () => {
  it('are formatted and free of what the linter finds', async () => {
    expect(await verdictOf('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')).toMatchObject({
      complaints: '',
    });
  });

  it('agree with their types', async () => {
    expect(await verdictOf('typescript/bin/tsc', '--project', '.')).toMatchObject({ complaints: '' });
  });

  it('import only downwards and through the front door of an area', async () => {
    const roots = ['functions', 'lib', 'events', 'infra', 'tests', 'bench'];
    const { complaints, said } = await verdictOf('dependency-cruiser/bin/dependency-cruise.mjs', ...roots);
    expect(complaints).toBe('');
    expect(said).toMatch(/\(\d{3,} modules/); // without the compiler's API it would understand no file and find nothing
  });

  it('hold no file, export or package that nobody uses', async () => {
    expect(await verdictOf('knip/bin/knip.js')).toMatchObject({ complaints: '' });
  });
});

describe('the API document', { timeout: 600_000 }, () => {
  beforeAll(writeReferenceFiles);

  it('is OpenAPI 3.1 without an error of the recommended rules', async () => {
    const args = ['lint', '--config', '.redocly.yaml', 'dist/reference/openapi.json'];
    expect(await verdictOf('@redocly/cli/bin/cli.js', ...args)).toMatchObject({ complaints: '' });
  });
});
