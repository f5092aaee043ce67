import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../infra/build.ts';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const locked: [string, Locked][] = Object.entries(read('package-lock.json').packages);

// npm writes no entry for a package that the registry in reach does not have, and `npm ci` then refuses the lock file as incomplete.
it('the lock file names the packages of every platform, so that `npm ci` works on each', () => {
  const paths = new Set(locked.map(([path]) => path));
  const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !paths.has(`node_modules/${name}`) && !paths.has(`${path}/node_modules/${name}`),
    ),
  );
  expect(missing).toEqual([]);
});

it('every package with an install script is allowed it or denied it', () => {
  const decided = Object.keys(read('package.json').allowScripts);
  const scripted = locked
    .filter(([, each]) => each.hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1));
  expect(decided.sort()).toEqual([...new Set(scripted)].sort());
});
