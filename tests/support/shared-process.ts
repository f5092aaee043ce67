import { clock } from './clock.ts';

// A process that many files share: each begins at the same time. A setup file is evaluated anew for each of them.
clock.reset();
