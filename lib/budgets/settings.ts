/** CUS-276, spec note 12: does the turn of a month lift freezes for exhaustion? A switch of the deployment, on by default. */
export const liftsAtMonthRestore = (): boolean => process.env.LIFT_FREEZES_AT_MONTH_RESTORE !== 'off';
