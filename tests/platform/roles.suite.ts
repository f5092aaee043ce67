import { describe, expect, it } from 'vitest';
import { packaged } from './packaged.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown[];
}

const statements = () =>
  packaged('AWS::IAM::Role').flatMap(({ area, properties }) =>
    (properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map((statement) => ({ area, ...statement })),
    ),
  );

const textOf = (resource: unknown): string =>
  typeof resource === 'object' && resource !== null && 'Fn::Sub' in resource
    ? String(resource['Fn::Sub'])
    : JSON.stringify(resource);

describe('the roles', () => {
  it('allow named actions on named resources; a star ends the streams of one log or the files of one folder', () => {
    expect(statements().length).toBeGreaterThan(0);
    for (const { area, Action, Resource } of statements()) {
      for (const action of [Action].flat()) expect(action, area).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of Resource.map(textOf)) {
        expect(resource, area).toMatch(
          /^[^*]+$|:log-group:\/aws\/lambda\/[^*]+:\*$|:s3:::[^*]+\/(?:imports|exports)\/\*$/,
        );
      }
    }
  });

  it('are one per area, short enough for IAM', () => {
    for (const { area, id, properties } of packaged('AWS::IAM::Role')) {
      const written = JSON.stringify(properties.Policies)
        .replaceAll('${AWS::Region}', 'ap-southeast-1')
        .replaceAll('${AWS::AccountId}', '0'.repeat(12));
      expect(written.length, `${area}: ${id}`).toBeLessThan(10_240);
    }
  });

  it('let traces be added, by nobody changed', () => {
    const onTraces = statements().filter(({ Resource }) => Resource.some((each) => textOf(each).endsWith('-audit')));
    const actions = new Set(onTraces.flatMap(({ Action }) => Action));
    expect([...actions].filter((action) => /Update|Delete|BatchWrite/.test(action))).toEqual([]);
  });
});
