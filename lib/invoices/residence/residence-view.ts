import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { attachmentUrl } from '#lib/shared/attachments.ts';
import { idParam } from '#lib/shared/fields.ts';
import { beginsBeforeItEnds, type ResidentCertificate } from './residence.ts';

const day = z.iso.date().meta({ examples: ['2024-01-01'] });

export const residenceInput = z
  .object({
    validFrom: day,
    validUntil: day.meta({ description: 'The last day on which it is valid' }),
    attachmentId: idParam,
    reason: reasonField,
  })
  .refine(beginsBeforeItEnds, { path: ['validUntil'], message: 'must not lie before validFrom' });

export const residenceView = z.object({
  certificateId: z.string(),
  entityId: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
  filedAt: z.string(),
});

export const handedOutView = residenceView.extend({
  downloadUrl: z.string().meta({ description: 'Lives 10 minutes' }),
});

export const toHandedOutView = async (certificate: ResidentCertificate): Promise<z.input<typeof handedOutView>> => ({
  ...certificate,
  downloadUrl: await attachmentUrl(
    certificate.file,
    `${certificate.entityId}-tax-resident-certificate-${certificate.validFrom}`,
  ),
});
