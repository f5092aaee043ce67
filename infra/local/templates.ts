import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, type ScalarTag, type Tags } from 'yaml';

/** One CloudFormation resource, intrinsic functions in their long form (`{ Ref }`, `{ 'Fn::Sub' }`, `{ 'Fn::GetAtt' }`). */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<string, Resource>>;

const INFRA = join(import.meta.dirname, '..');

const scalarTag = (tag: string, resolve: (text: string) => unknown): ScalarTag => ({ tag, resolve });
const customTags: Tags = [
  scalarTag('!Sub', (text) => ({ 'Fn::Sub': text })),
  scalarTag('!Ref', (text) => ({ Ref: text })),
  scalarTag('!GetAtt', (text) => ({ 'Fn::GetAtt': text.split('.') })),
];

/** The resources of one area's file, as CloudFormation gets them. */
export function loadTemplate(file: string): Resources {
  const document = parse(readFileSync(file, 'utf8'), { customTags }) as { Resources?: Resources } | null;
  return document?.Resources ?? {};
}

/** All areas together; two that take the same logical name are a defect. */
export function loadResources(directory = INFRA): Resources {
  const merged: Record<string, Resource> = {};
  for (const file of globSync(join(directory, '*.yml')).sort()) {
    for (const [name, resource] of Object.entries(loadTemplate(file))) {
      if (merged[name]) throw new Error(`${basename(file)} declares ${name}, which another area has already declared`);
      merged[name] = resource;
    }
  }
  return merged;
}
