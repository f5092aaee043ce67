import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartFailure } from './start-failure.ts';

const OLDEST = 17;
const ADVICE = `install Java ${OLDEST} or newer (for example from https://adoptium.net) and try again.`;
const run = promisify(execFile);

export interface Java {
  readonly version: number;
  /** A development kit can run the launcher from its source; a mere runtime cannot. */
  readonly compiler: boolean;
}

/** @throws StartFailure when there is no Java on the PATH, or one too old for DynamoDB Local */
export async function findJava(): Promise<Java> {
  const modules = await listModules();
  const version = Number(/^java\.base@(\d+)/m.exec(modules)?.[1] ?? 0);
  if (version < OLDEST) {
    throw new StartFailure(
      'java-too-old',
      `DynamoDB Local needs Java ${OLDEST}, but \`java\` is version ${version || '8 or older'}; ${ADVICE}`,
    );
  }
  return { version, compiler: /^jdk\.compiler@/m.test(modules) };
}

async function listModules(): Promise<string> {
  try {
    const { stdout } = await run('java', ['--list-modules']);
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StartFailure(
        'java-missing',
        `DynamoDB Local needs Java, and there is no \`java\` on the PATH; ${ADVICE}`,
      );
    }
    return ''; // Java 8 does not know the option
  }
}
