import { type Customer, managingPartner } from '#lib/customers/index.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { cut, exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { inZone } from '#lib/shared/zone.ts';
import type { Destination } from '../message.ts';
import { languageOf, termsOf } from '../render.ts';
import type { Language, Terms } from '../templates/content.ts';

/** How a partner is spoken to: in its language, with times on its wall clock (ORG-66). */
export interface Voice {
  readonly language: Language;
  readonly zone: string;
  readonly terms: Terms;
  time(text: string): string;
}

const voice = (language: Language, zone: string): Voice => ({
  language,
  zone,
  terms: termsOf(language),
  time: (text) => inZone(instant(text), zone).text,
});

export const voiceOf = ({ language, timeZone }: Pick<Partner, 'language' | 'timeZone'>): Voice =>
  voice(languageOf(language), timeZone);

/** Operators read English, with the times of the billing calendar. */
export const OPERATORS_VOICE: Voice = voice('en', 'Asia/Singapore');

/** A customer is spoken to like its partner, the last one it had; who never had any, in English. */
export async function voiceTo({ association }: Customer): Promise<Voice> {
  return association ? voiceOf(await requirePartner(managingPartner(association))) : OPERATORS_VOICE;
}

/** An amount with two places, never shown larger than it is: 99.999 is not yet 100.00. */
export const amountText = (amount: string): string => exactText(cut(parseMoney(amount), 2));

/** A partner that an event names; events name partners that exist. */
export async function requirePartner(partnerId: string): Promise<Partner> {
  const partner = await loadPartner(partnerId);
  if (!partner) throw new Error(`no partner ${partnerId}`);
  return partner;
}

/** The mail to the account address, for a partner that gave one. */
export const contactMail = ({ contact }: Partner): Destination[] =>
  contact.email === undefined ? [] : [{ channel: 'email', to: contact.email }];

/** Where a partner is written to about its bills: the account address and the financial contact (FIN-18). */
export const billAddresses = (partner: Partner): Destination[] => [
  ...contactMail(partner),
  ...(partner.financialContact ? [{ channel: 'email' as const, to: partner.financialContact.email }] : []),
];

/** The partners behind a customer: the tier-1 partner and, for a reseller's customer, the reseller too. */
export const partnersOf = (named: { readonly partnerId: string; readonly resellerId?: string }): Promise<Partner[]> =>
  Promise.all([named.partnerId, ...(named.resellerId ? [named.resellerId] : [])].map(requirePartner));
