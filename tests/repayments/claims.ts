import { handler as claimBankTransfer } from '../../functions/repayments/claim-bank-transfer.ts';
import { handler as prepareCertificate } from '../../functions/repayments/prepare-transfer-certificate.ts';
import { type Caller, invoke } from '../support/index.ts';

export const PDF = '%PDF-1.7\nproof of a transfer\n%%EOF';

/** Uploads a proof as a browser would. @returns its id */
export async function aCertificate(as: Caller, content: string | Uint8Array<ArrayBuffer> = PDF): Promise<string> {
  const { body } = await invoke(prepareCertificate, { as });
  const response = await fetch(body.uploadUrl, { method: 'PUT', body: content });
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
  return body.certificateId;
}

export const aTransfer = (wish: Readonly<Record<string, unknown>> = {}) => ({
  topUpTime: '2024-08-09',
  amount: '1000.00',
  currency: 'USD',
  bankAccount: '4000123456789',
  ...wish,
});

/** A claim as its partner files it. */
export async function aClaim(as: Caller, wish: Readonly<Record<string, unknown>> = {}) {
  const certificateId = await aCertificate(as);
  const { status, body } = await invoke(claimBankTransfer, { as, body: aTransfer({ certificateId, ...wish }) });
  if (status !== 201) throw new Error(`not accepted: ${JSON.stringify(body)}`);
  return body as { claimId: string; version: number };
}

export const ACCOUNT = {
  payee: 'Cloud Platform (Hong Kong) Ltd.',
  address: '1 Harbour Road, Hong Kong',
  bank: 'Example Bank, Hong Kong',
  accountNumber: '808-123456-001',
  swiftCode: 'EXBKHKHH',
};
