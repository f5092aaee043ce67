import { expect, it } from 'vitest';
import { countryName } from './country.ts';

it.each([
  ['SG', 'en', 'Singapore'],
  ['DE', 'en', 'Germany'],
  ['DE', 'de', 'Deutschland'],
  ['QZ', 'en', 'QZ'],
])('FIN-110: the country %s is printed in %s as %s', (code, language, name) => {
  expect(countryName(code, language)).toBe(name);
});
