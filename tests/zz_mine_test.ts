import { gpu, openGpu } from "../src/gpu/device.ts";
import "./dataset/image_batches.ts";
import "./metrics/history.ts";
import "./metrics/classification.ts";
import "./checkpoint.ts";
import "./train.ts";
Deno.test.beforeAll(async () => void await openGpu());
Deno.test.afterAll(() => gpu().close());
