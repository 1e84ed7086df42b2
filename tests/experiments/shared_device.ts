import type { QueueOptions } from "../../experiments/plan/request.ts";
import { runQueue } from "../../experiments/runner/queue.ts";
import { run } from "../../experiments/runner/runner.ts";
import { gpu } from "../../src/gpu/device.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";

/** The device of the tests, which those who were lent it do not close. */
export function shared(changes: object = {}): Gpu {
  const own: object = { close() {}, [Symbol.dispose]() {}, ...changes };
  return new Proxy(gpu(), {
    get(target, name) {
      if (name in own) return Reflect.get(changes, name) ?? Reflect.get(own, name);
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}

/** Lends it to a command. */
export const lend = () => Promise.resolve(shared());

/** The queue on it. */
export const onShared = (stop = { requested: false }) => (queue: QueueOptions) =>
  runQueue(queue, { open: lend, run, stop });
