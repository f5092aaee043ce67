import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Says the result in one line that scripts can read, the last one of the run. */
export default class ResultLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      // A file that cannot be loaded has no tests, and must not pass for that.
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
    }
    process.stdout.write(`${resultLine(count)}\n`);
  }
}

export const resultLine = (count: { passed: number; failed: number; skipped: number }): string =>
  `${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`;
