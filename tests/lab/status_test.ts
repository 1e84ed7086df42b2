import { assertEquals } from "@std/assert";
import type { FromWorker } from "../../lab/messages.ts";
import { Status } from "../../lab/ui/status.ts";

Deno.test("Status counts the steps of a second while it trains, and not what it waited for", () => {
  const place = { textContent: "" }, { now } = performance;
  let ms = 0;
  performance.now = () => ms;
  Object.assign(globalThis, { document: { getElementById: () => place } });
  try {
    const status = new Status();
    const at = (seconds: number, step: number, playing = true) => {
      ms = 1000 * seconds;
      const report = { kind: "report", maps: [{ step, epoch: 1 }], playing };
      status.report(report as Extract<FromWorker, { kind: "report" }>);
      return place.textContent;
    };
    status.begin();
    assertEquals(at(30, 1), "epoch 1, step 1"); // kernels were compiled
    assertEquals(at(31, 11), "epoch 1, step 11, 10 steps a second");
    assertEquals(at(31.1, 12, false), "epoch 1, step 12");
    assertEquals(at(60, 13), "epoch 1, step 13"); // it was paused
    assertEquals(at(85, 14), "epoch 1, step 14, 0.040 steps a second");
  } finally {
    performance.now = now;
    Reflect.deleteProperty(globalThis, "document");
  }
});
