export { checkHealth } from './health.ts';
export { openApiAnswer, referenceAsset, referencePage } from './reference.ts';
