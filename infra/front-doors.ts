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
  const doors = new Map<string, Door>();
  const sources = new Map<string, string>();
  const doorOf = (path: string): Door => {
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

/** Where an index has each of its names from, and what it is called there. */
type Door = ReadonlyMap<string, { readonly file: string; readonly name: string }>;

function exportsOf(root: string, door: string): Door {
  const text = readFileSync(join(root, door), 'utf8');
  const entries = [...text.matchAll(EXPORTED)].flatMap(([, , clauses = '', from = '']) =>
    clausesIn(clauses).map((clause) => {
      const { name, as } = namesOf(clause);
      return [as, { file: join(dirname(door), from), name }] as const;
    }),
  );
  return new Map(entries);
}

const throughDoors = (source: string, doorOf: (path: string) => Door): string =>
  source.replaceAll(FROM_DOOR, (statement, type = '', names = '', door = '') =>
    type ? statement : importsOf(names, door, doorOf(door)),
  );

function importsOf(clauses: string, door: string, exported: Door): string {
  const imports = clausesIn(clauses).map((clause) => {
    const { type, name, as } = namesOf(clause);
    const origin = exported.get(name);
    if (!origin) throw new Error(`${door} does not export ${name}`);
    return `import { ${type}${origin.name} as ${as} } from '#${origin.file}';`;
  });
  return imports.join(' '); // on one line, so that line numbers in source maps stay near
}

const clausesIn = (names: string): string[] =>
  names
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');

/** `type a as b`, of an import or an export; without `as` both names are the same. */
function namesOf(clause: string): { type: string; name: string; as: string } {
  const type = clause.startsWith('type ') ? 'type ' : '';
  const [name = '', as = name] = clause.slice(type.length).split(' as ');
  return { type, name, as };
}
