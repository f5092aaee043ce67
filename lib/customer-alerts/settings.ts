import type { DetectorSettings } from './detector.ts';

/** CUS-209: settings of the deployment. */
export const detectorSettings = (): DetectorSettings => ({
  days: Number(process.env.CHURN_DAYS ?? 7),
  fallenDays: Number(process.env.CHURN_FALLEN_DAYS ?? 4),
  percent: Number(process.env.CHURN_FALL_PERCENT ?? 10),
});
