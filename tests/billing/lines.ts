import { handler as listBillDetails } from '../../functions/billing/list-bill-details.ts';
import { invoke, type TestPartner } from '../support/index.ts';

/** All lines of a partner's bill as a member sees them, page by page. */
export async function allLines(
  partner: TestPartner,
  cycle: string,
  query: Readonly<Record<string, string | number>> = {},
): Promise<Record<string, string | null>[]> {
  const lines: Record<string, string | null>[] = [];
  let cursor: string | undefined;
  do {
    const path = { billId: `bill_${cycle}_${partner.partnerId}` };
    const answer = await invoke(listBillDetails, {
      as: partner,
      path,
      query: { limit: 100, ...query, ...(cursor ? { cursor } : {}) },
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    lines.push(...answer.body.items);
    cursor = answer.body.nextCursor;
  } while (cursor);
  return lines;
}
