/** Opens the one device of a test process before its first test, and closes it after the last. */
import { gpu, openGpu } from "../src/gpu/device.ts";
import { testDevice } from "./test_device.ts";

Deno.test.beforeAll(async () => void await openGpu(await testDevice()));
// Idle first: processes that close a driver at work have been seen to abort as they end.
Deno.test.afterAll(async () => {
  await gpu().device.queue.onSubmittedWorkDone();
  gpu().close();
});
