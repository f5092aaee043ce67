import { expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { entityFor, type IssuingEntity } from './entity.ts';

const entity = (entityId: string, wish: Partial<IssuingEntity> = {}): IssuingEntity => ({
  entityId,
  legalName: entityId,
  address: { street: 's', city: 'c', country: 'SG' },
  taxId: '1',
  taxIdLabel: 'VAT',
  territories: [],
  standard: false,
  updatedAt: instant('2024-01-01T00:00:00Z'),
  version: 1,
  ...wish,
});
const entities = [
  entity('CSSG', { standard: true }),
  entity('CSCL', { address: { street: 's', city: 'c', country: 'CL' } }),
  entity('CSMY', { territories: ['MY', 'KE'], address: { street: 's', city: 'c', country: 'MY' } }),
];

it('FIN-72, FIN-110: the entity of the contract invoices, else the one of the country, else the standard one', () => {
  const kenya = { registrationArea: { countryRegion: 'KE' } };
  expect(entityFor(entities, { ...kenya, contractingEntity: 'CL' })?.entityId).toBe('CSCL');
  expect(entityFor(entities, kenya)?.entityId).toBe('CSMY');
  expect(entityFor(entities, { registrationArea: { countryRegion: 'DE' } })?.entityId).toBe('CSSG');
  expect(entityFor([], kenya)).toBeUndefined();
});
