import { memberModified } from '#events/organization.ts';
import { endAssignmentsOfLost } from '#lib/customers/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'end-lost-assignments',
  summary: 'Lets the assignments of a member end that was locked or is no account manager any more.',
  rules: 'CUS-190',
  queue: 'member-changes',
  timeoutSeconds: 120,
  batchSize: 1,
  events: [memberModified],
  run: async (event, { now }) => endAssignmentsOfLost(memberModified.detail.parse(event.detail).memberId, now),
});
