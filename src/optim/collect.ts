/** Gradients into the flat array that all parameters are updated from. */
import source from "../../kernels/collect.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import { Kernel } from "../gpu/kernel.ts";
import { elementOf, launch } from "../ops/launch.ts";
import type { Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("collect", source);

/** Arrays that one dispatch reads. */
const MOST = 7;

/** An array, and where it goes, in elements; a multiple of four. */
export interface Placed {
  from: Tensor;
  first: number;
}

/**
 * Copies arrays into one. On a GPU seven go with one dispatch, because each copy by itself waits for the one before; where
 * arrays lie in textures, as on a software adapter, each is copied from where it is.
 */
export function collect(all: readonly Placed[], into: Tensor): void {
  if (gpu().tiles.operands === "texture") {
    for (const { from, first } of all) {
      const place = into.alias(from.shape, first);
      gpu().copy(from.view, place.view);
      place.dispose();
    }
    return;
  }
  const groups = Map.groupBy(all, ({ from }) => elementOf(from.size).Element);
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += MOST) {
      collectFew(group.slice(at, at + MOST), into);
    }
  }
}

function collectFew(few: readonly Placed[], into: Tensor): void {
  const { Element, width } = elementOf(few[0].from.size);
  // Places without an array read the first one's buffer, and nothing of it.
  const all = Array.from({ length: MOST }, (_, k) => few[k] ?? { from: few[0].from, first: 0 });
  const sizes = all.map(({ from }, k) => k < few.length ? from.size / width : 0);
  const threads = sizes.reduce((sum, size) => sum + size, 0);
  launch(kernel, {
    constants: { Element },
    params: { sizes, firsts: all.map(({ first }) => first / width) },
    tensors: { ...Object.fromEntries(all.map(({ from }, k) => [`x${k}`, from])), y: into },
    threads,
    cost: { bytes: 2 * 4 * width * threads },
  });
}
