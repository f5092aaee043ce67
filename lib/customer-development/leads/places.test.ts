import { expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { lapsedLeads, placeOf, takenPlaces } from './places.ts';

const END = instant('2024-08-10T06:15:46Z');
const BEFORE = instant('2024-08-10T06:15:45.999Z');

it('DEV-24: a place says until when it is taken, to the millisecond', () => {
  const places = [placeOf({ leadId: 'lead_1', expiresAt: END }), placeOf({ leadId: 'lead_2', expiresAt: BEFORE })];
  expect(takenPlaces(places, instant('2024-08-10T06:15:45.998Z'))).toBe(2);
  expect(takenPlaces(places, BEFORE)).toBe(1);
  expect(takenPlaces(places, END)).toBe(0);
});

it('DEV-23, DEV-47: a lead under review keeps its place however long it takes', () => {
  expect(takenPlaces([placeOf({ leadId: 'lead_1' })], instant('2099-01-01T00:00:00Z'))).toBe(1);
});

it('DEV-24: names the lapsed leads, the longest lapsed first', () => {
  const places = [
    placeOf({ leadId: 'lead_2', expiresAt: END }),
    placeOf({ leadId: 'lead_3' }),
    placeOf({ leadId: 'lead_1', expiresAt: BEFORE }),
  ];
  expect(lapsedLeads(places, END)).toEqual(['lead_1', 'lead_2']);
  expect(lapsedLeads(places, BEFORE)).toEqual(['lead_1']);
});
