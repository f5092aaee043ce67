export type { AccountFacts } from './account.ts';
export { accountFacts } from './account.ts';
export { accountErrors } from './errors.ts';
export { blockPurchases, enableServices, findAccount, type RegistrationWish, registerAccount } from './platform.ts';
