/** What tests of operations and stories import. */
export * from './builders.ts';
export { clock } from './clock.ts';
export { Crashed, countWrites, crashAtWrite, type Fault, failNth, throttle } from './faults.ts';
export { type Answer, invoke, type Request } from './invoke.ts';
export type { Mail } from './mail.ts';
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
