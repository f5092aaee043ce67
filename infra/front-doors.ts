import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const FROM_DOOR = /import (type )?\{([^}]*)\} from '#(lib\/[^/']+\/index\.ts)';/g;
const EXPORTED = /export (type )?\{([^}]*)\} from '\.\/([^']+)';/g;

/**
 * Lets a handler load what it uses of an area, not everything behind the area's index.ts: a named import from `#lib/<area>/index.ts`
 * becomes imports from the files that the index names. The bundler follows an index as a whole, for all handlers together.
 */
export const frontDoors = (root: string): Plugin => {
  const doors = new Map<string, ReadonlyMap<string, string>>();
  const sources = new Map<string, string>();
  const doorOf = (path: string): ReadonlyMap<string, string> => {
    const known = doors.get(path) ?? exportsOf(root, path);
    doors.set(path, known);
    return known;
  };
  const sourceOf = (path: string): string => {
    const known = sources.get(path) ?? throughDoors(readFileSync(path, 'utf8'), doorOf);
    sources.set(path, known);
    return known;
  };
  return {
    name: 'front-doors',
    setup: (build) => {
      const filter = /[\\/](?:functions|lib|events)[\\/].*\.ts$/;
      build.onLoad({ filter }, ({ path }) => ({ contents: sourceOf(path), loader: 'ts' }));
    },
  };
};

/** Where an index has each of its names from. */
function exportsOf(root: string, door: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, door), 'utf8');
  const entries = [...text.matchAll(EXPORTED)].flatMap(([, , names = '', file = '']) =>
    namesIn(names).map((name) => [name, join(dirname(door), file)] as const),
  );
  return new Map(entries);
}

const throughDoors = (source: string, doorOf: (path: string) => ReadonlyMap<string, string>): string =>
  source.replaceAll(FROM_DOOR, (statement, type = '', names = '', door = '') =>
    type ? statement : importsOf(names, door, doorOf(door)),
  );

function importsOf(names: string, door: string, files: ReadonlyMap<string, string>): string {
  const imports = clausesIn(names).map((clause) => {
    const name = clause.replace(/^type /, '').split(' as ')[0] ?? clause;
    const file = files.get(name);
    if (file === undefined) throw new Error(`${door} does not export ${name}`);
    return `import { ${clause} } from '#${file}';`;
  });
  return imports.join(' '); // on one line, so that line numbers in source maps stay near
}

const clausesIn = (names: string): string[] =>
  names
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');

const namesIn = (names: string): string[] =>
  clausesIn(names).map(
    (clause) =>
      clause
        .replace(/^type /, '')
        .split(' as ')
        .at(-1) ?? clause,
  );
