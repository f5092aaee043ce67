import { type CustomerList, listEntries } from '#lib/customers/index.ts';
import type { Source } from './source.ts';

/** In the order of association, which never changes: no insert moves a page (CUS-246). */
export const associationSource =
  (
    list: CustomerList,
    order: { readonly newestFirst: boolean; readonly since?: { readonly from?: string; readonly to?: string } },
  ): Source =>
  async (from, limit) => {
    const { entries, next } = await listEntries(list, { ...order, limit, startKey: from });
    return { entries, next, read: Math.max(entries.length, 1) };
  };
