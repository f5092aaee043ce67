/** CUS-154: days for which frozen resources are kept; a setting of the deployment. */
export const retentionDays = (): number => Number(process.env.RESOURCE_RETENTION_DAYS ?? 15);
