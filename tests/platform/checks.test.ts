import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../infra/build.ts';
import { writeReferenceFiles } from './reference.setup.ts';

const run = promisify(execFile);

/** Runs a tool of node_modules; what it says on a failure becomes the message of the failed test. */
async function complaintsOf(tool: string, ...args: string[]): Promise<string> {
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  try {
    await run(process.execPath, [join(ROOT, 'node_modules', tool), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...quiet },
      maxBuffer: 64 * 1024 * 1024,
    });
    return '';
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return said.trim() || String(error);
  }
}

describe('the sources', { timeout: 180_000 }, () => {
  it('are formatted and free of what the linter finds', async () => {
    expect(await complaintsOf('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')).toBe('');
  });

  it('agree with their types', async () => {
    expect(await complaintsOf('typescript/bin/tsc', '--project', '.')).toBe('');
  });

  it('import only downwards and through the front door of an area', async () => {
    const roots = ['functions', 'lib', 'events', 'infra', 'tests', 'bench'];
    expect(await complaintsOf('dependency-cruiser/bin/dependency-cruise.mjs', ...roots)).toBe('');
  });

  it('hold no file, export or package that nobody uses', async () => {
    expect(await complaintsOf('knip/bin/knip.js')).toBe('');
  });
});

describe('the API document', { timeout: 180_000 }, () => {
  beforeAll(writeReferenceFiles);

  it('is OpenAPI 3.1 without an error of the recommended rules', async () => {
    expect(
      await complaintsOf('@redocly/cli/bin/cli.js', 'lint', '--config', '.redocly.yaml', 'dist/reference/openapi.json'),
    ).toBe('');
  });
});
