import type { Endpoints } from './engines.ts';
import { LOCAL_NOTIFICATIONS_KEY, LOCAL_PAYMENTS_TOKEN } from './payment-engine.ts';
import { LOCAL_PLATFORM_TOKEN } from './platform-engine.ts';

export const REGION = 'ap-southeast-1';
export const ACCOUNT_ID = '000000000000';

export interface LocalNames {
  readonly prefix: string;
  readonly issuer: string;
  readonly mailSender: string;
  readonly platform: string;
  readonly payments: string;
  readonly portal: string;
}

/** Signed into every local token; AWS gets the client id of its user pool. */
export const LOCAL_AUDIENCE = 'partner-center';

/** What a deployed function finds in its environment, for the engines of this machine. */
export function environmentOf(endpoints: Endpoints, names: LocalNames): Record<string, string> {
  return {
    RESOURCE_PREFIX: names.prefix,
    QUEUE_URL_BASE: `${endpoints.aws}/${ACCOUNT_ID}`,
    TOPIC_ARN_BASE: `arn:aws:sns:${REGION}:${ACCOUNT_ID}`,
    FILES_BUCKET: `${names.prefix}-files-${ACCOUNT_ID}`,
    SECRETS: JSON.stringify({
      signing: 'local-signing-secret',
      platform: LOCAL_PLATFORM_TOKEN,
      payments: LOCAL_PAYMENTS_TOKEN,
      paymentNotifications: LOCAL_NOTIFICATIONS_KEY,
    }),
    MAIL_SENDER: names.mailSender,
    SMS_GATEWAY: 'sms.example', // SMS are read in the mail inbox
    PLATFORM_URL: names.platform,
    PAYMENTS_URL: names.payments,
    PORTAL_URL: names.portal,
    TOKEN_ISSUER: names.issuer,
    TOKEN_AUDIENCE: LOCAL_AUDIENCE,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.aws,
    AWS_ENDPOINT_URL_SNS: endpoints.aws,
    AWS_ENDPOINT_URL_S3: endpoints.aws, // an address of numbers makes the SDK put the bucket into the path
    AWS_ENDPOINT_URL_SESV2: endpoints.mail,
  };
}
