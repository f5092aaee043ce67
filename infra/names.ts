import type { QueueName, TableName } from '#lib/shared/resources.ts';
import type { Resource, Resources } from './local/templates.ts';

/** A value that CloudFormation computes. */
export type Intrinsic =
  | { readonly 'Fn::Sub': string }
  | { readonly 'Fn::GetAtt': readonly string[] }
  | { readonly Ref: string };

const arn = (service: string, name: string): Intrinsic =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}`);

export const sub = (text: string): Intrinsic => ({ 'Fn::Sub': text });
export const arnOf = (logicalId: string): Intrinsic => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

export const tableArn = (table: TableName): Intrinsic => arn('dynamodb', `table/\${Prefix}-${table}`);
export const indexArn = (table: TableName, index: string): Intrinsic =>
  arn('dynamodb', `table/\${Prefix}-${table}/index/${index}`);
export const queueArn = (queue: QueueName): Intrinsic => arn('sqs', `\${Prefix}-${queue}`);
export const eventsTopicArn = arn('sns', `\${Prefix}-events`);
export const alarmsTopicArn = arn('sns', `\${Prefix}-alarms`);
/** What follows the log group names its streams, which Lambda makes up. */
export const logStreamsArn = (functionName: string): Intrinsic =>
  arn('logs', `log-group:/aws/lambda/\${Prefix}-${functionName}:*`);
export const senderArn = arn('ses', `identity/\${MailIdentity}`);

export const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)(.)/g, (_whole, letter: string) => letter.toUpperCase());
export const camelCase = (name: string): string =>
  name.replaceAll(/-(.)/g, (_whole, letter: string) => letter.toUpperCase());
/** `BillsLate` as `bills-late`. */
export const kebabCase = (name: string): string => name.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
export const functionLogicalId = (name: string): string => `${pascalCase(name)}LambdaFunction`; // as osls names it

/** The resource of `type` whose name is `${Prefix}-<name>`. */
export function findNamed(
  resources: Resources,
  type: 'AWS::SQS::Queue' | 'AWS::DynamoDB::Table',
  name: string,
): string | undefined {
  const property = type === 'AWS::SQS::Queue' ? 'QueueName' : 'TableName';
  return Object.keys(resources).find(
    (id) => resources[id]?.Type === type && nameOf(resources[id], property) === `\${Prefix}-${name}`,
  );
}

const nameOf = (resource: Resource, property: string): unknown => {
  const name = resource.Properties[property];
  return typeof name === 'object' && name !== null && 'Fn::Sub' in name ? name['Fn::Sub'] : name;
};
