import { handler as create } from '../../functions/expenditures/create-expenditure-import.ts';
import { handler as get } from '../../functions/expenditures/get-expenditure-import.ts';
import { handler as start } from '../../functions/expenditures/start-expenditure-import.ts';
import type { Caller } from '../support/index.ts';
import { drain, invoke } from '../support/index.ts';

const HEADER = [
  ...['Id', 'SubAccountId', 'ChargeCategory', 'ChargePeriodStart', 'ChargePeriodEnd', 'ListCost', 'BillingCurrency'],
  ...['ServiceName', 'SkuId', 'PricingQuantity', 'PricingUnit', 'Tags'],
];

type Fields = Readonly<Partial<Record<(typeof HEADER)[number], string>>>;

export const headerLine = HEADER.join(',');

/** One line of a FOCUS file: an hour of usage of `accountId`, worth 1.00, unless told otherwise. */
export function focusLine(id: string, accountId: string, fields: Fields = {}): string {
  const line: Fields = {
    Id: id,
    SubAccountId: accountId,
    ChargeCategory: 'Usage',
    ChargePeriodStart: '2024-09-10 00:00:00',
    ChargePeriodEnd: '2024-09-10 01:00:00',
    ListCost: '1.00',
    BillingCurrency: 'USD',
    ServiceName: 'Elastic Cloud Server',
    SkuId: 'SKU1',
    ...fields,
  };
  return HEADER.map((column) => line[column] ?? 'NULL').join(',');
}

/** Creates an import and uploads its file, as an operator's tool does. */
export async function uploaded(operator: Caller, content: string | Uint8Array, fields: object = {}): Promise<string> {
  const created = await invoke(create, {
    as: operator,
    body: { fileName: 'usage.csv', format: 'focus-1.0', ...fields },
  });
  const answer = await fetch(created.body.uploadUrl, { method: 'PUT', body: content });
  if (!answer.ok) throw new Error(`upload answered ${answer.status}`);
  return created.body.jobId;
}

/** Uploads, starts and finishes an import. @returns the job as its operator sees it */
export async function imported(operator: Caller, content: string | Uint8Array, fields: object = {}) {
  const jobId = await uploaded(operator, content, fields);
  await invoke(start, { as: operator, path: { jobId } });
  await drain();
  return importJob(operator, jobId);
}

export async function importJob(operator: Caller, jobId: string) {
  const { body } = await invoke(get, { as: operator, path: { jobId } });
  return body;
}
