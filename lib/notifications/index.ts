export { composeMessages, NOTICE_EVENTS } from './compose.ts';
export { deliveryCommand, runDelivery, startDue } from './due.ts';
export { inboxMessageView, toInboxMessageView } from './inbox-view.ts';
export { previewInvitation } from './notices/invitation.ts';
export { inboxMessageScope, markMessageRead, readInboxes } from './read-inbox.ts';
