/** What tests of operations and stories import. */
export * from './builders.ts';
export { clock } from './clock.ts';
export { beforeTransaction, crashAtWrite, failNth, throttle } from './faults.ts';
export { type Answer, invoke, type Request } from './invoke.ts';
export { answerBank, CARDS, cardToken, paymentOutage } from './payments.ts';
export { platformAccount, platformOutage } from './platform.ts';
export {
  deadLetters,
  deliverPaymentNotifications,
  drain,
  mailProvider,
  processorCharges,
  publishedEvents,
  runSchedule,
  sentMails,
  useStack,
  waitingMessages,
} from './stack.ts';
