export { readTree, toTreeView, treeView } from './account-tree.ts';
export { listGroupAlerts } from './alert-store.ts';
export { assignAccounts } from './assign-batch.ts';
export { setGroupStatus, updateGroup } from './change-group.ts';
export { createGroup } from './create-group.ts';
export { deleteGroup } from './delete-group.ts';
export { groupErrors } from './errors.ts';
export { GROUP_KINDS, GROUP_STATUSES, USAGE_STATES } from './group.ts';
export { groupScope, ownGroupScope } from './group-scope.ts';
export {
  assignedView,
  groupAlertView,
  groupView,
  membershipView,
  planView,
  REVEALABLE_GROUP_FIELDS,
  toAssignedView,
  toGroupAlertView,
  toGroupView,
  toMembershipView,
  toPlanView,
} from './group-view.ts';
export { groupsOfAccounts, requireSeenGroup, seesGroups } from './groups-of-accounts.ts';
export { moveToGroup, ungroupAccount } from './join.ts';
export { groupAccountView, listGroupAccounts } from './list-accounts.ts';
export { listGroups } from './list-groups.ts';
export { listMembers } from './member-store.ts';
export { GROUP_TRIGGERS, onGroupEvent } from './on-event.ts';
export { parentOf } from './parent.ts';
export { LIST_PRICE } from './plan.ts';
export { revealGroupField } from './reveal.ts';
export { planRollUps, rollUp, rollUpMessage } from './roll-up.ts';
export { removeGroupBudget, setGroupBudget } from './set-budget.ts';
export { removePlan, setPlan } from './set-plan.ts';
export { showUsage } from './show-usage.ts';
export { groupUsageView, toGroupUsageView } from './usage-view.ts';
