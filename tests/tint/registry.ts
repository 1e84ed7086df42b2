/**
 * What a browser lacks of `Deno.test`, so that test modules run in a page as they stand: imported before them, it takes
 * note of every test that they register.
 */

/** A registered test. */
export interface Test {
  name: string;
  run: () => unknown;
}

/** All that were registered, in order. */
export const tests: Test[] = [];

/** `Deno.test(name, run)`: all that the modules of the page use. */
function test(name: string, run: () => unknown): void {
  tests.push({ name, run });
}
test.beforeAll = test.afterAll = () => {}; // the page opens its device itself

Object.assign(globalThis, { Deno: { test, build: { os: "browser" } } });
