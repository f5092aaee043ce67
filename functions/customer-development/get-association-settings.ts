import {
  associationSettingsView,
  loadAssociationSettings,
  toAssociationSettingsView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-association-settings',
  summary: 'What operators configured of the checks at association.',
  rules: 'DEV-96',
  route: 'GET /v1/association-settings',
  actors: ['operator'],
  response: associationSettingsView,
  errors: [],
  run: async () => toAssociationSettingsView(await loadAssociationSettings()),
});
