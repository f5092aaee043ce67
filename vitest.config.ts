import { defineConfig } from 'vitest/config';

const SETUP = ['tests/support/environment.ts', 'tests/platform/roles.setup.ts'];
const ALONE = [
  'tests/local/**/*.test.ts',
  'tests/platform/**/*.test.ts',
  'tests/expenditures/csv-memory.test.ts',
  'tests/notifications/verification-code.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/reporter.ts'],
    maxWorkers: 3, // on two cores: a test waits for the engines about as long as it works
    projects: [
      {
        extends: true,
        // Tests of pure files: no engines, no environment, and one process for many files.
        test: {
          name: 'pure',
          include: ['lib/**/*.test.ts', 'events/**/*.test.ts', 'infra/**/*.test.ts'],
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
          isolate: false,
        },
      },
      {
        extends: true,
        // Tests on the local engines. Loading the code again for each file would take as long as its tests.
        test: {
          name: 'local',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
          globalSetup: ['tests/support/engines.ts'],
          setupFiles: [...SETUP, 'tests/support/shared-process.ts'],
          pool: 'forks',
          isolate: false,
        },
      },
      {
        extends: true,
        // What changes or measures its own process, or runs the project as a whole.
        test: {
          name: 'alone',
          include: ALONE,
          globalSetup: ['tests/support/engines.ts'],
          setupFiles: SETUP,
          pool: 'forks',
        },
      },
    ],
    experimental: { viteModuleRunner: false }, // Node runs the sources as they are, like everywhere else here
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
