/** Which shapes a step uses. */
import { gpu } from "../gpu/device.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { scope } from "../tensor/scope.ts";
import { type Use, useOf } from "./use.ts";

/**
 * Runs a step once, and gives the kernels that have tiles with the shapes they were launched for, each once, in the order
 * of their first launch. What the step makes is freed.
 *
 * @throws {TypeError} When a kernel asks for the tile of a shape whose name means nothing.
 */
export function shapesOf(step: () => void): Use[] {
  const device = gpu(), own = device.tiles, keys = new Set<string>();
  // An op asks for the tuned tile of its shape before it takes the kernel's own: whoever listens there hears every shape.
  const tuned = new Proxy<Record<string, Tile>>({ ...own.tuned }, {
    get: (tiles, key) => {
      keys.add(String(key));
      return Reflect.get(tiles, key);
    },
  });
  device.tiles = { ...own, tuned };
  try {
    using _ = scope();
    step();
  } finally {
    device.tiles = own;
  }
  return [...keys].map((key) => {
    const use = useOf(key);
    if (!use) throw new TypeError(`Cannot tune "${key}": no kernel and shape of that name`);
    return use;
  });
}
