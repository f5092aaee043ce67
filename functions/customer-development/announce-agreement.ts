import { agreementAnnouncementDue, agreementPublished } from '#events/association.ts';
import { announceAgreement } from '#lib/customer-development/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'announce-agreement',
  summary:
    'Asks the customers in the reseller model to sign a new version of the association instructions, a page at a time.',
  rules: 'DEV-111, DEV-203',
  queue: 'agreement-announcements',
  timeoutSeconds: 30,
  events: [agreementPublished, agreementAnnouncementDue],
  run: async (event, { now }) => {
    if (event.name === agreementAnnouncementDue.name)
      return announceAgreement(agreementAnnouncementDue.detail.parse(event.detail), now);
    const { code, agreementVersion, title } = agreementPublished.detail.parse(event.detail);
    if (code === 'association-instructions') await announceAgreement({ agreementVersion, title }, now);
  },
});
