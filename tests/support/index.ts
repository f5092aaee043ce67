/** What tests of operations and stories import. */
export * from './builders.ts';
export { clock } from './clock.ts';
export { type Answer, invoke, type Request } from './invoke.ts';
export { drain, publishedEvents, runSchedule, useStack } from './stack.ts';
