/** The stack cannot come up: one sentence for the person at the keyboard, one exit code for scripts. */
export class StartFailure extends Error {
  readonly exitCode: number;

  constructor(reason: keyof typeof EXIT_CODES, sentence: string) {
    super(sentence);
    this.name = 'StartFailure';
    this.exitCode = EXIT_CODES[reason];
  }
}

const EXIT_CODES = {
  'wrong-usage': 2,
  'java-missing': 3,
  'java-too-old': 3,
  'port-in-use': 4,
  'engine-failed': 5,
  'state-foreign': 6,
  'state-in-use': 7,
} as const;
