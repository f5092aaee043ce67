/** One right that an AWS call needs: the action, and the end of the resource's ARN. */
export interface Right {
  readonly action: string;
  readonly resource: string;
}

interface Input {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string } | undefined>>[];
  readonly QueueUrl?: string;
  readonly Key?: unknown;
}

const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const ON_FILES: Readonly<Record<string, string>> = {
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
};

/** What IAM would ask for, for the calls that functions make; names without the prefix of the stage. */
export function neededRights(command: string, input: Input, prefix: string): Right[] {
  const table = (name = ''): string => `table/${name.replace(`${prefix}-`, '')}`;
  if (input.TransactItems) {
    return input.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, each]) => ({
        action: `dynamodb:${IN_TRANSACTION[kind]}`,
        resource: table(each?.TableName),
      })),
    );
  }
  if (input.RequestItems)
    return Object.keys(input.RequestItems).map((name) => ({ action: `dynamodb:${command}`, resource: table(name) }));
  if (input.TableName !== undefined) {
    const index = input.IndexName === undefined ? '' : `/index/${input.IndexName}`;
    return [{ action: `dynamodb:${command}`, resource: `${table(input.TableName)}${index}` }];
  }
  if (command.startsWith('SendMessage'))
    return [
      { action: 'sqs:SendMessage', resource: (input.QueueUrl?.split('/').at(-1) ?? '').replace(`${prefix}-`, '') },
    ];
  if (command === 'SendEmail') return [{ action: 'ses:SendEmail', resource: 'identity' }];
  const onFile = ON_FILES[command];
  return onFile ? [{ action: onFile, resource: `${String(input.Key).split('/')[0]}/*` }] : [];
}
