import { expect, it } from 'vitest';
import { typeOf } from './attachment-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n....', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['<html>', undefined],
  ['MZ\x90', undefined],
  ['%PDF', undefined],
  ['', undefined],
])('FIN-80: a document is what its first bytes say: %j', (text, type) => {
  expect(typeOf(bytes(text))).toBe(type);
});
