import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { environmentOf } from '../../infra/local/environment.ts';

/** Runs before the imports of each test file, because clients and the logger read the environment when they are made. */
const prefix = `t${randomBytes(5).toString('hex')}`;

Object.assign(
  process.env,
  environmentOf(inject('endpoints'), {
    prefix,
    issuer: 'http://127.0.0.1:1/issuer-not-started',
    platform: 'http://127.0.0.1:1/platform-not-started',
    payments: 'http://127.0.0.1:1/payments-not-started',
    portal: 'https://portal.test',
    mailSender: `notices@${prefix}.test`,
  }),
  {
    // Its own key gives each process its own database in DynamoDB Local, so that processes do not wait for each other.
    AWS_ACCESS_KEY_ID: `p${process.pid}`,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  },
);
