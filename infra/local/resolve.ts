import { ACCOUNT_ID, REGION } from './environment.ts';
import type { Resource, Resources } from './templates.ts';

/** Replaces the intrinsic functions in the properties of a resource by what CloudFormation would put there. */
export function resolveProperties(resource: Resource, resources: Resources, prefix: string): Record<string, unknown> {
  return resolve(resource.Properties, resources, prefix) as Record<string, unknown>;
}

function resolve(value: unknown, resources: Resources, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, resources, prefix));
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::Sub' in value) return substitute(String(value['Fn::Sub']), resources, prefix);
  if ('Ref' in value) return reference(String(value.Ref), resources, prefix);
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) {
    const [name, attribute] = value['Fn::GetAtt'].map(String);
    return attributeOf(String(name), String(attribute), resources, prefix);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member, resources, prefix)]));
}

const substitute = (text: string, resources: Resources, prefix: string): string =>
  text.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => reference(name, resources, prefix));

function reference(name: string, resources: Resources, prefix: string): string {
  if (name === 'Prefix') return prefix;
  if (name === 'AWS::Region') return REGION;
  if (name === 'AWS::AccountId') return ACCOUNT_ID;
  if (name === 'AWS::Partition') return 'aws';
  return name.includes('.')
    ? attributeOf(...splitOnce(name), resources, prefix)
    : physicalName(name, resources, prefix);
}

function attributeOf(name: string, attribute: string, resources: Resources, prefix: string): string {
  const physical = physicalName(name, resources, prefix);
  if (attribute !== 'Arn') return physical; // QueueName, TopicName; a stream is found by its table
  const type = required(name, resources).Type;
  const service = type.split('::')[1]?.toLowerCase();
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${type === 'AWS::DynamoDB::Table' ? 'table/' : ''}${physical}`;
}

/** The name by which the resource exists; every template gives it, none leaves it to CloudFormation. */
function physicalName(name: string, resources: Resources, prefix: string): string {
  const { Properties, Type } = required(name, resources);
  const given = Properties[`${Type.split('::')[2]}Name`];
  if (given === undefined) throw new Error(`${name} has no name of its own`);
  return String(resolve(given, resources, prefix));
}

function required(name: string, resources: Resources): Resource {
  const resource = resources[name];
  if (!resource) throw new Error(`no template declares ${name}`);
  return resource;
}

const splitOnce = (text: string): [string, string] => [
  text.slice(0, text.indexOf('.')),
  text.slice(text.indexOf('.') + 1),
];
