import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../infra/build.ts';

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const decisions = globSync('docs/decisions/*.md', { cwd: ROOT }).sort();
const documents = globSync(
  ['*.md', 'docs/{decisions,runbooks}/*.md', '{functions,infra,events,tests,bench}/**/*.md', 'lib/*/README.md'],
  { cwd: ROOT },
);

describe('the decisions', () => {
  it('have a row for every run-time dependency, and none for another', () => {
    const named = [...text('docs/decisions/0001-dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(JSON.parse(text('package.json')).dependencies).sort());
  });

  it.each(decisions)('%s is numbered once and dated', (file) => {
    const number = basename(file).slice(0, 4);
    expect(decisions.filter((each) => basename(each).startsWith(number))).toEqual([file]);
    expect(text(file)).toMatch(new RegExp(`^# ${Number(number)}\\. .+\\n\\n20\\d\\d-\\d\\d-\\d\\d\\n`));
  });
});

describe('the documents', () => {
  it.each(documents)('%s links to what exists', (file) => {
    const links = [...text(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
  });
});
