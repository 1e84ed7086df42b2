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
