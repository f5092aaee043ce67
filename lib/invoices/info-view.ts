import * as z from 'zod';
import { emailField, versionField } from '#lib/shared/fields.ts';
import type { InfoOfPartner } from './set-info.ts';

export const infoInput = z.object({
  taxId: z.string().max(40).optional().meta({ description: 'May be repeated; cannot be changed (FIN-114)' }),
  address: z.string().trim().min(1).max(500).optional(),
  email: emailField.optional(),
  emailEnabled: z.boolean(),
  expectedVersion: versionField,
});

export const infoView = z.object({
  companyName: z.string(),
  taxId: z.string().nullable().meta({ description: 'From the registration; read-only' }),
  address: z.string().nullable(),
  email: z.string().nullable(),
  emailEnabled: z.boolean(),
  issuer: z
    .object({ entityId: z.string(), legalName: z.string() })
    .nullable()
    .meta({ description: 'The company that issues the invoices' }),
  version: z.number().int(),
});

/** The partner's own settings, in clear: it has to check them. */
export const toInfoView = ({ info, partner, entity }: InfoOfPartner): z.input<typeof infoView> => ({
  companyName: partner.companyName,
  taxId: partner.taxId ?? null,
  address: info.address ?? null,
  email: info.email ?? null,
  emailEnabled: info.emailEnabled,
  issuer: entity ? { entityId: entity.entityId, legalName: entity.legalName } : null,
  version: info.version,
});
