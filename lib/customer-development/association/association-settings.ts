import * as z from 'zod';
import { getItem } from '#lib/shared/dynamodb.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { exactText, loadMoney, type Money, storeMoney, ZERO } from '#lib/shared/money.ts';
import { transact } from '#lib/shared/transaction.ts';

/** What operators configure of the checks. */
export interface AssociationSettings {
  /** DEV-96, in the customer's currency. */
  readonly outstandingInvoiceLimit: Money;
  /** Countries of registration whose accounts cannot be associated in the referral model (row 7 of the table). */
  readonly referralExcludedCountries: readonly string[];
  readonly version: number;
}

const TABLE = 'customer-development';
const key = { pk: 'SETTINGS', sk: 'ASSOCIATION' };
const DEFAULTS: AssociationSettings = { outstandingInvoiceLimit: ZERO, referralExcludedCountries: [], version: 0 };

export async function loadAssociationSettings(): Promise<AssociationSettings> {
  const item = await getItem(TABLE, key);
  if (!item) return DEFAULTS;
  return {
    outstandingInvoiceLimit: loadMoney(item.outstandingInvoiceLimit),
    referralExcludedCountries: item.referralExcludedCountries as string[],
    version: Number(item.version),
  };
}

/** @throws Refusal VERSION_CONFLICT */
export async function setAssociationSettings(
  wish: Omit<AssociationSettings, 'version'>,
  expectedVersion: number,
): Promise<AssociationSettings> {
  const before = await loadAssociationSettings();
  if (before.version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const after = { ...wish, version: before.version + 1 };
  await transact({
    writes: [
      {
        table: TABLE,
        put: { ...key, ...after, outstandingInvoiceLimit: storeMoney(wish.outstandingInvoiceLimit) },
        condition: 'attribute_not_exists(pk) OR version = :seen',
        values: { ':seen': before.version },
        onConflict: sharedErrors.VERSION_CONFLICT,
      },
    ],
    trace: { before, after },
  });
  return after;
}

export const associationSettingsView = z.object({
  outstandingInvoiceLimit: z.string().meta({ description: "In the customer's currency" }),
  referralExcludedCountries: z.array(z.string()),
  version: z.number().int(),
});

export const toAssociationSettingsView = (settings: AssociationSettings): z.input<typeof associationSettingsView> => ({
  ...settings,
  referralExcludedCountries: [...settings.referralExcludedCountries],
  outstandingInvoiceLimit: exactText(settings.outstandingInvoiceLimit),
});
