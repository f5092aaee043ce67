// A setup file is evaluated for every test file, the wrapper behind it once in a process.
import './checked-roles.ts';
