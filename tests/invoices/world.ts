import { setEntity } from '#lib/invoices/index.ts';
import { setTopUpAccount } from '#lib/repayments/index.ts';
import { asSystem } from '../support/index.ts';

/** The company that invoices whoever no other does, and where its partners transfer money to. */
export const anIssuingEntity = (entityId = 'CSER', wish: Partial<Parameters<typeof setEntity>[0]> = {}) =>
  asSystem((now) =>
    setEntity(
      {
        entityId,
        legalName: 'Cloud Vendor International Pte. Ltd.',
        address: { street: '15 Marina Boulevard', city: 'Singapore', postalCode: '018982', country: 'SG' },
        taxId: 'SG-201912345K',
        taxIdLabel: 'GST',
        registrationNumber: '201912345K',
        email: 'billing@cloud-vendor.example',
        territories: [],
        standard: true,
        ...wish,
      },
      { expectedVersion: 0, reason: 'test' },
      now,
    ),
  );

export const aTopUpAccount = (currency = 'USD') =>
  asSystem((now) =>
    setTopUpAccount(
      {
        currency,
        payee: 'Cloud Vendor International Pte. Ltd.',
        address: '15 Marina Boulevard, Singapore',
        bank: 'Bank of Singapore',
        accountNumber: '003-908765-1',
        swiftCode: 'BOSGSGSG',
      },
      { expectedVersion: 0, reason: 'test' },
      now,
    ),
  );
