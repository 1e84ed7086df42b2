/** Opens the one device of a test process before its first test, and closes it after the last. */
import { gpu, openGpu } from "../src/gpu/device.ts";
import { testDevice } from "./test_device.ts";

let isOpen = false;
Deno.test.beforeAll(async () => {
  await openGpu(await testDevice());
  isOpen = true;
});
// Idle first: processes that close a driver at work have been seen to abort as they end.
Deno.test.afterAll(async () => {
  if (!isOpen) return; // what the first call threw is the one error to read
  await gpu().device.queue.onSubmittedWorkDone();
  gpu().close();
});
