import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/reporter.ts'],
    maxWorkers: 2,
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
        test: {
          name: 'local',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/support/engines.ts'],
          setupFiles: ['tests/support/environment.ts', 'tests/platform/roles.setup.ts'],
          pool: 'forks', // each file has its own environment variables and AWS clients
        },
      },
    ],
    experimental: { viteModuleRunner: false }, // Node runs the sources as they are, like everywhere else here
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
