/** What tests of operations and stories import. */
export * from './builders.ts';
export { clock } from './clock.ts';
export { crashAtWrite, failNth, throttle } from './faults.ts';
export { type Answer, invoke, type Request } from './invoke.ts';
export { platformAccount, platformOutage } from './platform.ts';
export {
  deadLetters,
  drain,
  mailProvider,
  publishedEvents,
  runSchedule,
  sentMails,
  useStack,
  waitingMessages,
} from './stack.ts';
