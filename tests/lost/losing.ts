// deno-lint-ignore-file no-console
/**
 * A command that loses its device: `losing.ts MOMENTS COMMAND FLAGS...`. Moments are calls of WebGPU, as in `submit:3,mapAsync:2`:
 * the first device is destroyed at its third submit, the one after it when it maps a buffer for the second time. `drop:3` leaves
 * the third submit out, as a driver may that reports success all the same. Without moments (`-`) the command runs as ever,
 * and how often it made each call is printed at its end.
 */
const CALLS = {
  submit: GPUQueue.prototype,
  writeBuffer: GPUQueue.prototype,
  mapAsync: GPUBuffer.prototype,
  createBuffer: GPUDevice.prototype,
  createBindGroup: GPUDevice.prototype,
} as const;

/** A call that a device is destroyed at. */
export type Call = keyof typeof CALLS;

const COMMANDS = { exp: "cli.ts", demo: "demo.ts", eval: "eval.ts" };

const [given, command, ...flags] = Deno.args;
const moments = given === "-" ? [] : given.split(",").map((moment) => moment.split(":"));
const counts: Record<string, number> = {};
let device: GPUDevice | undefined;

const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (...args) {
  device = await requestDevice.apply(this, args);
  for (const call in CALLS) counts[call] = 0;
  return device;
};
for (const [call, prototype] of Object.entries(CALLS)) {
  const methods = prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[call];
  methods[call] = function (...args) {
    counts[call] = (counts[call] ?? 0) + 1;
    const [next, at] = moments[0] ?? [];
    const dropped = next === "drop" && call === "submit";
    if (!dropped && next !== call || counts[call] !== Number(at)) return method.apply(this, args);
    moments.shift();
    if (dropped) return;
    device!.destroy();
    return method.apply(this, args);
  };
}

const { exitCode } = await import("../../cli/run_cli.ts");
const { main } = await import(`../../experiments/${COMMANDS[command as keyof typeof COMMANDS]}`);
const code = await exitCode(main, flags);
if (given === "-") console.log(`calls ${JSON.stringify(counts)}`);
else if (moments.length > 0) console.log(`not reached: ${moments.join(" ")}`);
Deno.exit(code);
