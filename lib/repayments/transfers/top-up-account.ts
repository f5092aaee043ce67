import type { Instant } from '#lib/shared/time.ts';

/** FIN-78: where partners transfer money to; one per currency, the same for all of them. */
export interface TopUpAccount {
  readonly currency: string;
  readonly payee: string;
  readonly address: string;
  readonly bank: string;
  readonly accountNumber: string;
  readonly swiftCode: string;
  readonly validFrom: Instant;
  readonly version: number;
}
