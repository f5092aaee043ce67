import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DIST, ROOT } from './build.ts';
import { type DeclaredFunction, loadFunctions } from './local/functions.ts';
import { openApiDocument } from './openapi.ts';

/** Where the operations of functions/platform/ find what they serve, here and inside the archive (lib/platform/reference.ts). */
const FOLDER = join(DIST, 'reference');

/** The one thing that the bundle would fetch from elsewhere. */
const FOREIGN_IMAGE = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const NO_IMAGE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

/**
 * Writes the API document and the page that shows it. Both are made beforehand, so that serving them loads no declaration.
 * @returns the written files, as paths from the root
 */
export async function writeReference(functions: readonly DeclaredFunction[]): Promise<string[]> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'redoc', 'package.json'), 'utf8'));
  const script = `redoc-${version}.js`; // the name changes with the content, so that browsers may keep it for ever
  const bundle = await readFile(join(ROOT, 'node_modules', 'redoc', 'bundles', 'redoc.standalone.js'), 'utf8');
  const files: Record<string, string | Uint8Array> = {
    'openapi.json': JSON.stringify(openApiDocument(functions)),
    'index.html': page(script),
    [`${script}.gz`]: gzipSync(bundle.replaceAll(FOREIGN_IMAGE, NO_IMAGE), { level: 9 }),
  };
  await mkdir(FOLDER, { recursive: true });
  for (const [name, content] of Object.entries(files)) await replace(join(FOLDER, name), content);
  return Object.keys(files).map((name) => `dist/reference/${name}`);
}

/** A reader meets the old file or the new one, never a half. */
async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, file);
}

const page = (script: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Partner Center API</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 }</style>
</head>
<body>
<redoc spec-url="/v1/openapi.json" sort-props-alphabetically="false" json-sample-expand-level="3" hide-download-button="false"></redoc>
<script src="/docs/${script}"></script>
</body>
</html>
`;

if (import.meta.main) await writeReference(await loadFunctions());
