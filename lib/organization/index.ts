export { createMember } from './create-member.ts';
export { createOperator } from './create-operator.ts';
export { organizationErrors } from './errors.ts';
export { memberScope } from './member-scope.ts';
export { memberView, toMemberView } from './member-view.ts';
export { modifyMember } from './modify-member.ts';
