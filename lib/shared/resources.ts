/** Names of what the templates in infra/ create. One prefix per stage, read from the environment of the function. */

export type TableName =
  | 'identities'
  | 'platform'
  | 'partners'
  | 'customers'
  | 'customer-alerts'
  | 'customer-development'
  | 'resellers'
  | 'budgets'
  | 'groups'
  | 'expenditures'
  | 'billing'
  | 'coupons'
  | 'repayments'
  | 'invoices'
  | 'ledger'
  | 'notifications'
  | 'audit'
  | 'jobs';

export type QueueName =
  | 'expenditures'
  | 'expenditure-imports'
  | 'expenditure-summaries'
  | 'usage-moved'
  | 'budget-evaluations'
  | 'alert-deliveries'
  | 'bill-runs'
  | 'bill-parts'
  | 'bill-estimates'
  | 'reconciliations'
  | 'bill-previews'
  | 'test-coupon-reports'
  | 'auto-repayments'
  | 'card-charges'
  | 'quota-checks'
  | 'bill-reminders'
  | 'coupon-lapses'
  | 'quota-events'
  | 'invoices'
  | 'invoice-numbers'
  | 'invoice-files'
  | 'notifications'
  | 'deliveries'
  | 'exports'
  | 'traces'
  | 'customer-ranks'
  | 'customer-exports'
  | 'invitation-deliveries'
  | 'invitation-exports'
  | 'associations'
  | 'agreement-announcements'
  | 'reseller-associations'
  | 'assignment-endings'
  | 'churn-detections'
  | 'control-requests'
  | 'member-changes'
  | 'group-usage'
  | 'group-roll-ups';

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};

export const tableName = (table: TableName): string => `${required('RESOURCE_PREFIX')}-${table}`;
export const queueUrl = (queue: QueueName): string =>
  `${required('QUEUE_URL_BASE')}/${required('RESOURCE_PREFIX')}-${queue}`;
export const eventTopicArn = (): string => `${required('TOPIC_ARN_BASE')}:${required('RESOURCE_PREFIX')}-events`;
export const filesBucket = (): string => required('FILES_BUCKET');
/** Key for cursors and one-time codes; in AWS a generated secret, resolved at deployment. */
export const signingSecret = (): string => secret('signing');
export const mailSender = (): string => required('MAIL_SENDER');
/** Domain behind which an SMS provider takes `<number>@<domain>`. */
export const smsGateway = (): string => required('SMS_GATEWAY');
export const issuerUrl = (): string => required('TOKEN_ISSUER');
export const tokenAudience = (): string => required('TOKEN_AUDIENCE');
/** The platform's account registry (docs/platform-port.md). */
export const platformUrl = (): string => required('PLATFORM_URL');
export const platformToken = (): string => secret('platform');
/** The card processor (docs/payment-port.md). */
export const paymentsUrl = (): string => required('PAYMENTS_URL');
export const paymentsToken = (): string => secret('payments');
/** Signs what the processor tells by itself. */
export const paymentNotificationsKey = (): string => secret('paymentNotifications');
/** What invitation links begin with: the customer portal of the stage; locally the API itself. */
export const portalUrl = (): string => required('PORTAL_URL');

/** All in one variable, because a stack may hold 60 references to secrets and has a function per operation. */
function secret(name: 'signing' | 'platform' | 'payments' | 'paymentNotifications'): string {
  const secrets: unknown = JSON.parse(required('SECRETS'));
  const value = (secrets as Readonly<Record<string, unknown>>)[name];
  if (typeof value !== 'string' || value === '') throw new Error(`SECRETS holds no ${name}`);
  return value;
}
