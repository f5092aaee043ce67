import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findJava } from './java.ts';

const ADVICE = 'install Java 17 or newer (for example from https://adoptium.net) and try again.';
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'java-'));
  vi.stubEnv('PATH', directory);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const javaThat = (does: string) => writeFileSync(join(directory, 'java'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });

describe('findJava', () => {
  it('tells a development kit from a runtime', async () => {
    javaThat('echo java.base@17.0.1; echo jdk.compiler@17.0.1');
    expect(await findJava()).toEqual({ version: 17, compiler: true });
    javaThat('echo java.base@21');
    expect(await findJava()).toEqual({ version: 21, compiler: false });
  });

  it.each([
    ['16', 'echo java.base@16.0.2'],
    ['8 or older', 'echo "Unrecognized option: --list-modules" >&2; exit 1'],
  ])('refuses version %s', async (version, script) => {
    javaThat(script);
    await expect(findJava()).rejects.toThrow(
      `DynamoDB Local needs Java 17, but \`java\` is version ${version}; ${ADVICE}`,
    );
  });

  it('says that there is none', async () => {
    await expect(findJava()).rejects.toThrow(`there is no \`java\` on the PATH; ${ADVICE}`);
  });
});
