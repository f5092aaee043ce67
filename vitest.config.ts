import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['lib/**/*.test.ts', 'events/**/*.test.ts', 'infra/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: ['tests/support/engines.ts'],
    setupFiles: ['tests/support/environment.ts', 'tests/platform/roles.setup.ts'],
    reporters: ['default', './tests/support/reporter.ts'],
    experimental: { viteModuleRunner: false }, // Node runs the sources as they are, like everywhere else here
    pool: 'forks', // each file has its own environment variables and AWS clients
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
