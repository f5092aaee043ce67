import { describe, expect, it } from 'vitest';
import { at, packaged } from './packaged.ts';

interface Granted {
  readonly area: string;
  readonly actions: string[];
  readonly resources: string[];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const policies = (): { area: string; policy: unknown }[] => [
  ...packaged('AWS::IAM::Role').flatMap(({ area, properties }) =>
    list(properties.Policies).map((policy) => ({ area, policy })),
  ),
  ...packaged('AWS::IAM::ManagedPolicy').map(({ area, properties }) => ({ area, policy: properties })),
];

const statements = (): Granted[] =>
  policies().flatMap(({ area, policy }) =>
    list(at(policy, 'PolicyDocument', 'Statement')).map((statement) => ({
      area,
      actions: list(at(statement, 'Action')).map(String),
      resources: list(at(statement, 'Resource')).map(textOf),
    })),
  );

const lengthOf = (policy: unknown): number =>
  JSON.stringify(policy).replaceAll('${AWS::Region}', 'ap-southeast-1').replaceAll('${AWS::AccountId}', '0'.repeat(12))
    .length;

const textOf = (resource: unknown): string =>
  typeof resource === 'object' && resource !== null && 'Fn::Sub' in resource
    ? String(resource['Fn::Sub'])
    : JSON.stringify(resource);

describe('the roles', () => {
  it('allow named actions on named resources; a star ends the streams of one log or the files of one folder', () => {
    expect(statements().length).toBeGreaterThan(0);
    for (const { area, actions, resources } of statements()) {
      for (const action of actions) expect(action, area).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of resources) {
        expect(resource, area).toMatch(
          /^[^*]+$|:log-group:\/aws\/lambda\/[^*]+:\*$|:s3:::[^*]+\/(?:attachments|exports|imports|invoices|uploads)\/\*$/,
        );
      }
    }
  });

  it('are one per area, short enough for IAM', () => {
    for (const { area, id, properties } of packaged('AWS::IAM::Role'))
      expect(lengthOf(properties.Policies), `${area}: ${id}`).toBeLessThan(10_240);
    for (const { area, id, properties } of packaged('AWS::IAM::ManagedPolicy'))
      expect(lengthOf(properties.PolicyDocument), `${area}: ${id}`).toBeLessThan(6_144);
  });

  it('let every function write its own log', () => {
    const logs = new Set(
      statements().flatMap(({ actions, resources }) => (actions.includes('logs:PutLogEvents') ? resources : [])),
    );
    const names = packaged('AWS::Lambda::Function').map(({ properties }) => textOf(properties.FunctionName));
    expect(logs.size).toBe(names.length);
  });

  it('let traces be added, by nobody changed', () => {
    const onTraces = statements().filter(({ resources }) => resources.some((each) => each.endsWith('-audit')));
    const actions = new Set(onTraces.flatMap((each) => each.actions));
    expect([...actions].filter((action) => /Update|Delete|BatchWrite/.test(action))).toEqual([]);
  });
});
