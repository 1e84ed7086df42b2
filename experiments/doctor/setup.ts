// deno-lint-ignore-file no-console
/**
 * What `bootstrap.sh` asks about the adapter. It prints one word and one sentence: `gpu`, `software` or `none`, for the
 * adapter that answers through the backends that DENO_WEBGPU_BACKEND names; then, where that is slow or nothing, what
 * mends it. Arguments are graphics devices that the script saw: a path in /dev, with `=closed` behind where this user
 * may not open it.
 */
import { adapterFacts } from "../../src/gpu/adapter/facts.ts";
import { idleGpu } from "../../src/gpu/adapter/idle_gpu.ts";
import { machineHere } from "../../src/gpu/adapter/machine.ts";
import { noAdapterMessage, slowPaths } from "../../src/gpu/adapter/remedy.ts";

if (import.meta.main) {
  const seen = Deno.args.map((device) => device.split("="));
  const machine = machineHere({
    devices: seen.map(([path]) => path),
    closed: seen.filter(([, closed]) => closed).map(([path]) => path),
  });
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    console.log(`none ${noAdapterMessage(machine)}`);
  } else {
    const facts = await adapterFacts(adapter);
    const [worst = ""] = slowPaths(facts, machine);
    // A machine without a GPU computes on its CPU, and there is nothing to do about it.
    const advice = facts.backend !== "opengl" && facts.software && !idleGpu(machine) ? "" : worst;
    console.log(`${facts.software ? "software" : "gpu"} ${advice}`);
  }
}
