import type { AgreementCode } from './agreements.ts';

/** The wording that the service begins with (V1001), in English. Later versions are published by operators and stored. */
export const FIRST_TEXTS: Readonly<Record<AgreementCode, { readonly title: string; readonly text: string }>> = {
  // DEV-82
  'association-instructions': {
    title: 'Instructions on associating with a partner',
    text: [
      'By associating your account with the partner named in the invitation you agree that this partner takes over contracts, invoices, settlement, technical help and operations for your account.',
      'Operations include placing orders and operation and maintenance on your behalf, freezing your account, freezing your resources, and recovering your account.',
      'In the reseller model you contract with the partner, are invoiced by it and pay it; the platform settles with the partner. Your account is frozen when the association begins: you can buy, renew or change resources after the partner has set a budget for you and unfrozen your account.',
      'The status of the partner also affects the member accounts that belong to your account.',
      'Your account name, company name, contact name and contact data may be disclosed to the partner and, where the partner is a reseller, to its distributor.',
    ].join('\n\n'),
  },
  // DEV-83, DEV-142, DEV-143
  'customer-authorization': {
    title: 'Letter of authorization for work on your behalf',
    text: [
      'You authorize the partner to manage your resources; to subscribe to, renew, unsubscribe from and change services; to start, stop, restart and delete resources; to reset passwords and change service policies; to view account, expenditure, order, discount and contract data; and to create and view work orders.',
      'For this the partner has access to the account, billing, resource, ticket, message and service-console modules of your account.',
      'Accepting this letter is optional. Accepting it now, later or never does not affect your association with the partner. Where the partner is a reseller, it takes effect only while its distributor permits the reseller to work on behalf of customers.',
      'The letter is valid from acceptance until you cancel it, which you can do at any time. A new version of this text does not end it; if you reject the new text, cancel your authorization.',
    ].join('\n\n'),
  },
  // DEV-137, DEV-138, DEV-140, DEV-141
  'partner-commitment': {
    title: 'Commitment letter of the partner',
    text: [
      'The partner acts on behalf of a customer only within what the customer has authorized. It changes or deletes no resource of the customer without explicit permission, stays in scope and keeps the data it sees confidential.',
      "Every action on a customer's behalf, and every sight of a customer's data, is recorded.",
      'On breach the platform may warn orally or in writing, reduce or cancel related sales revenue or incentives, cancel the partner identity, claim compensation and take legal action.',
      'This letter takes effect on acceptance and lasts until the customer cancels its authorization.',
    ].join('\n\n'),
  },
  // DEV-133, DEV-138 to DEV-141
  'distributor-commitment': {
    title: 'Commitment letter of the distributor',
    text: [
      'The distributor permits resellers of its choice to place orders and to do operation and maintenance on behalf of their customers; both are permitted together.',
      'The distributor answers jointly and severally for what its resellers do on behalf of customers. Every such action records the reseller and the distributor.',
      'Whoever acts on behalf of a customer changes or deletes no resource without explicit permission, stays in scope and keeps data confidential; data seen this way is traced.',
      'On breach the platform may warn orally or in writing, reduce or cancel related sales revenue or incentives, cancel the partner identity, claim compensation and take legal action.',
      'This letter takes effect on acceptance and lasts until the customer cancels its authorization.',
    ].join('\n\n'),
  },
};
