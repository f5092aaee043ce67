import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { alarmsOf, alarmsTopic, withActions } from './alarms.ts';
import { ROOT } from './build.ts';
import { type CrossOriginRules, corsConfiguration, crossOriginRules, filesCorsConfiguration } from './cors.ts';
import {
  AUTHORIZER,
  AUTHORIZER_EXPORT,
  deadLettersId,
  functionMap,
  type MappedFunction,
  PLATFORM,
} from './functions.ts';
import { type DeclaredFunction, handlersOf } from './local/functions.ts';
import { loadResources, loadTemplate, type Resources } from './local/templates.ts';
import { camelCase, sub } from './names.ts';
import { roleOf } from './roles.ts';
import { deadLetterQueue, scheduleResources } from './schedules.ts';

/** What serverless.yml joins for one area: its function map, and infra/<area>.yml with what follows from the declarations. */
export interface Stack {
  readonly area: string;
  readonly functions: Record<string, MappedFunction>;
  readonly httpApi: object;
  readonly logs: { readonly httpApi: boolean };
  readonly resources: { readonly Resources: Resources } & Readonly<Record<string, unknown>>;
}

/** The platform comes first: the others stand on its API, authorizer, topic and secret. */
export function stacksOf(functions: readonly DeclaredFunction[]): Stack[] {
  const files = globSync(join(ROOT, 'infra', '*.yml')).map((file) => basename(file, '.yml'));
  const areas = new Set([PLATFORM, ...[...files, ...functions.map((each) => each.area)].sort()]);
  return [...areas].map((area) =>
    stackOf(
      area,
      functions.filter((each) => each.area === area),
      functions,
    ),
  );
}

function stackOf(area: string, functions: readonly DeclaredFunction[], all: readonly DeclaredFunction[]): Stack {
  const own = { ...declaredResources(area), ...followers(functions) };
  const derived = {
    ...roleOf(area, functions, { ...loadResources(), ...own }),
    ...scheduleResources(functions),
    ...alarmsOf(area, functions, own),
  };
  const shared = area === PLATFORM ? sharedResources : {};
  return {
    area,
    functions: functionMap(functions, own),
    httpApi: area === PLATFORM ? ownApi(functions) : importedApi,
    logs: { httpApi: area === PLATFORM },
    resources: {
      Parameters: PARAMETERS,
      Resources: withActions({ ...own, ...derived, ...shared }),
      ...(area === PLATFORM ? platformExtras(crossOriginRules(handlersOf(all, 'operation'))) : {}),
    },
  };
}

/** An area that keeps its items in another's tables has no file. */
function declaredResources(area: string): Resources {
  const file = join(ROOT, 'infra', `${area}.yml`);
  return existsSync(file) ? loadTemplate(file) : {};
}

/** A dead-letter queue for each job and each follower of a stream; those of consumers stand in infra/<area>.yml. */
function followers(functions: readonly DeclaredFunction[]): Resources {
  const names = [...handlersOf(functions, 'schedule'), ...handlersOf(functions, 'stream')].map(
    ({ definition }) => definition.name,
  );
  return Object.fromEntries(names.map((name) => [deadLettersId(name), deadLetterQueue(name)]));
}

/** What a stage decides for itself lies in Parameter Store (docs/runbooks/deploy.md). */
const fromStore = (name: string): object => ({
  Type: 'AWS::SSM::Parameter::Value<String>',
  Default: `/partner-center/\${sls:stage}/${name}`,
});

const PARAMETERS = {
  Prefix: { Type: 'String', Default: 'partner-center-${sls:stage}' },
  MailSender: fromStore('mail-sender'),
  SmsGateway: fromStore('sms-gateway'),
  PlatformUrl: fromStore('platform-url'),
  PaymentsUrl: fromStore('payments-url'),
  PortalUrl: fromStore('portal-url'),
  MailIdentity: fromStore('mail-identity'),
  TokenIssuer: fromStore('token-issuer'),
  TokenAudience: fromStore('token-audience'),
  LiftFreezesAtMonthRestore: { Type: 'String', Default: 'on', AllowedValues: ['on', 'off'] }, // CUS-276
  ResourceRetentionDays: { Type: 'Number', Default: 15 }, // CUS-154
  ChurnDays: { Type: 'Number', Default: 7, MinValue: 1, MaxValue: 28 }, // CUS-209
  ChurnFallenDays: { Type: 'Number', Default: 4, MinValue: 1 }, // CUS-209
  ChurnFallPercent: { Type: 'Number', Default: 10, MinValue: 0, MaxValue: 100 }, // CUS-209
};

/** The tokens of the platform and of the card processor are put in beside the key by hand (docs/runbooks/deploy.md). */
const secrets = {
  Type: 'AWS::SecretsManager::Secret',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    Name: sub('${Prefix}-secrets'),
    Description: "Key for cursors, codes and links; tokens of the platform's registry and of the card processor",
    GenerateSecretString: {
      SecretStringTemplate: '{"platform":"","payments":"","paymentNotifications":""}',
      GenerateStringKey: 'signing',
      PasswordLength: 64,
      ExcludePunctuation: true,
    },
  },
};

const sharedResources: Resources = { Secrets: secrets, AlarmsTopic: alarmsTopic };

const platformExtras = (rules: CrossOriginRules) => ({
  Outputs: { BearerAuthorizerId: { Value: { Ref: 'HttpApiAuthorizerBearer' }, Export: { Name: AUTHORIZER_EXPORT } } },
  extensions: {
    // The gateway's own setting would know the methods of this stack alone.
    HttpApi: { Properties: { CorsConfiguration: corsConfiguration(rules) } },
    FilesBucket: { Properties: { CorsConfiguration: filesCorsConfiguration(rules) } },
    // An upper bound for everybody together; beyond it the gateway answers 429 before any function runs.
    HttpApiStage: {
      Properties: {
        DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 4_000 },
      },
    },
  },
});

function ownApi(functions: readonly DeclaredFunction[]): object {
  const [authorizer] = handlersOf(functions, 'authorizer');
  if (!authorizer) throw new Error('functions/platform/ declares no authorizer');
  return {
    name: 'partner-center-${sls:stage}',
    authorizers: {
      [AUTHORIZER]: {
        type: 'request',
        functionName: camelCase(authorizer.definition.name),
        identitySource: '$request.header.Authorization',
        enableSimpleResponses: true,
        payloadVersion: '2.0',
        resultTtlInSeconds: 60, // a verified token is believed for a minute; who it stands for is read on every request
      },
    },
  };
}

const importedApi = { id: { 'Fn::ImportValue': 'sls-partner-center-platform-${sls:stage}-HttpApiId' } };
