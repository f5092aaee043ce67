/** The documented test cards of the simulated processor (docs/payment-port.md): the number alone decides what happens. */
export interface TestCard {
  /** What its verification, a test charge, comes to. */
  readonly verify: 'accept' | 'refuse' | 'ask-payer' | 'no-answer';
  /** What a charge comes to. `-lost`: the answer never arrives. */
  readonly charge: 'accept' | 'refuse' | 'ask-payer' | 'accept-lost' | 'lost' | 'tell-first' | 'tell-twice';
  readonly declineCode?: string;
}

const GOOD: TestCard = { verify: 'accept', charge: 'accept' };

export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  '4242424242424242': GOOD,
  '5555555555554444': GOOD,
  '4000000000000002': { ...GOOD, verify: 'refuse', declineCode: 'card-declined' },
  '4000000000000127': { ...GOOD, verify: 'refuse', declineCode: 'security-code-wrong' },
  '4000000000003063': { ...GOOD, verify: 'ask-payer' },
  '4000000000000119': { ...GOOD, verify: 'no-answer' },
  '4000000000000341': { ...GOOD, charge: 'refuse', declineCode: 'do-not-honor' },
  '4000000000009995': { ...GOOD, charge: 'refuse', declineCode: 'insufficient-funds' },
  '4000000000003220': { ...GOOD, charge: 'ask-payer' },
  '4000000000005126': { ...GOOD, charge: 'accept-lost' },
  '4000000000005134': { ...GOOD, charge: 'lost' },
  '4000000000006009': { ...GOOD, charge: 'tell-first' },
  '4000000000006017': { ...GOOD, charge: 'tell-twice' },
};

/** A number that is not in the list is refused as one that the bank does not know. */
export const testCardOf = (number: string): TestCard =>
  TEST_CARDS[number] ?? { ...GOOD, verify: 'refuse', charge: 'refuse', declineCode: 'number-unknown' };

export const brandOf = (number: string): string => (number.startsWith('5') ? 'mastercard' : 'visa');
