import * as z from 'zod';
import type { TopUpAccount } from './top-up-account.ts';

/** FIN-78. */
const line = (max: number) => z.string().trim().min(1).max(max);
export const topUpAccountInput = z.object({
  payee: line(200),
  address: line(300),
  bank: line(200),
  accountNumber: line(64),
  swiftCode: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'must be a SWIFT code such as HSBCHKHHHKH'),
});

export const topUpAccountView = z.object({
  currency: z.string(),
  payee: z.string(),
  address: z.string(),
  bank: z.string(),
  accountNumber: z.string(),
  swiftCode: z.string(),
  validFrom: z.string(),
  version: z.number().int(),
});

export const toTopUpAccountView = (account: TopUpAccount): z.input<typeof topUpAccountView> => account;
