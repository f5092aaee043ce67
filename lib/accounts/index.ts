export type { AccountFacts } from './account.ts';
export { accountFacts } from './account.ts';
export { accountErrors } from './errors.ts';
export { blockPurchases, enableServices, findAccount, registerAccount } from './platform.ts';
