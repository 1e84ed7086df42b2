/**
 * Numbers that name rows: labels, which name classes, and the rows of `gather()`. A number that names none is refused with a
 * RangeError: at the call where the CPU knows the numbers, as it does of what `tensor()` and `write()` put there; else a
 * small kernel looks through them, in every replay too, and the next readback throws. Kernels stay inside of their arrays
 * either way, but what they computed is of no use.
 */
import source from "../../kernels/check_rows.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import type { BufferView } from "../gpu/dispatch.ts";
import { type Describe, faultKind } from "../gpu/faults.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { NumberRange } from "../gpu/number_range.ts";
import type { Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("check_rows", source);

/** Numbers of one dispatch: Mesa's software driver ends the loops of a thread after 65,535 passes, and 64 share the work. */
const MOST_NUMBERS = 64 * 64_000;

/** Refuses numbers that are not from 0 to below `rows`. */
export type CheckRows = (numbers: Tensor, rows: number) => void;

/** Makes the check of an op, which says what is wrong in its own words. */
export function rowsCheck(describe: Describe): CheckRows {
  const kind = faultKind(describe);
  return (numbers, rows) => {
    const { view, size } = numbers;
    const known = knownRange(view);
    const fault = known &&
      [known.least, known.most].find(({ value }) => value < 0 || value >= rows);
    if (known && !fault) return;
    if (fault && known.reached) throw new RangeError(describe(fault.value, fault.index, rows));
    for (let first = 0; first < size; first += MOST_NUMBERS) {
      const part = Math.min(MOST_NUMBERS, size - first);
      const own = { ...view, offset: view.offset + 4 * first, bytes: 4 * part };
      gpu().dispatch({
        kernel,
        params: { size: part, first, rows, kind },
        buffers: { numbers: own, fault: gpu().fault },
        groups: [1],
      });
    }
  };
}

/**
 * The range of a view's whole numbers, where the CPU knows it: those of all of a storage, and while recording only what the
 * step itself brings about, as others may change before a replay.
 */
function knownRange(view: BufferView): NumberRange | undefined {
  const { storage, offset, bytes } = view;
  const all = offset === 0 && bytes === storage.bytes;
  return all && !gpu().recordings.outside(view) ? storage.range : undefined;
}

/** The check of a loss's labels. */
export function labelsCheck(act: string): CheckRows {
  return rowsCheck((label, row, classes) =>
    `Cannot take ${act}: the label of row ${row} is ${label}, and ${
      classes === MOST_CLASSES
        ? "labels are from 0"
        : `there are ${classes} classes, 0 to ${classes - 1}`
    }`
  );
}

/** The classes of labels that are only compared with one another: as many as i32 can name. */
export const MOST_CLASSES = 2 ** 31;
