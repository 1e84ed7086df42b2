/** What losses refuse. */
import { gpu } from "../gpu/device.ts";
import { checkTensors } from "../tensor/operands.ts";
import { checkSetting, LEAST_POSITIVE } from "../tensor/setting.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Refuses anything but a matrix with one `i32` label a row. */
export function checkBatch(act: string, rows: Tensor, labels: Tensor): void {
  checkTensors(act, { labels });
  const fits = rows.shape.length === 2 && labels.shape.length === 1 && rows.shape[0] > 0 &&
    rows.shape[0] === labels.shape[0];
  if (!fits || labels.dtype !== "i32") {
    throw new TypeError(
      `Cannot take ${act} of ${show(rows.shape)} with labels ${labels.dtype} ${
        show(labels.shape)
      }: it needs a matrix ` +
        "with at least one row, and one i32 label a row",
    );
  }
}

/** Refuses centers that are not one for each class, in the space of the features. */
export function checkCenters(act: string, features: Tensor, centers: Tensor): void {
  const [, dim] = features.shape;
  if (centers.shape.length === 2 && centers.shape[1] === dim && centers.shape[0] > 0) return;
  throw new TypeError(
    `Cannot take ${act} of ${show(features.shape)} with centers ${
      show(centers.shape)
    }: they must be [classes, ${dim}]`,
  );
}

/**
 * Refuses a factor that is no finite number.
 *
 * @throws {TypeError} For what is no number.
 * @throws {RangeError} For one that float32 does not hold, and for NaN.
 */
export function checkWeights(act: string, weights: Readonly<Record<string, number>>): void {
  for (const [name, weight] of Object.entries(weights)) {
    const what = `Cannot take ${act} with ${name} ${weight}:`;
    checkSetting(what, weight, "it must be finite", Number.isFinite);
  }
}

/**
 * Refuses a factor on the squared distance that is not positive.
 *
 * @throws {RangeError}
 */
export function checkAlpha(act: string, alpha: number): void {
  const fits = (held: number) => held >= LEAST_POSITIVE && held < Infinity;
  checkSetting(`Cannot ${act} with alpha ${alpha}:`, alpha, "it must be positive", fits);
}

/**
 * Refuses more rows than the adapter holds the pairs of in one array.
 *
 * @param act What they are for.
 * @param rows What they are: "classes".
 * @param advice What to do.
 * @throws {RangeError} Before anything is made.
 */
export function checkPairs(act: string, count: number, rows: string, advice: string): void {
  const bytes = 4 * count ** 2, { mostBytes } = gpu().pool;
  if (bytes <= mostBytes) return;
  const most = Math.floor(Math.sqrt(mostBytes / 4));
  throw new RangeError(
    `Cannot allocate ${act} of ${count} ${rows}: their pairs take ${bytes} bytes, and this adapter binds at most ` +
      `${mostBytes}, the pairs of ${most} ${rows}; ${advice}`,
  );
}

/**
 * Refuses weights that are not a column for each class, in the space of the features.
 *
 * @param perClass Columns a class. Default: 1.
 */
export function checkClassWeights(
  act: string,
  features: Tensor,
  weight: Tensor,
  perClass = 1,
): void {
  const [, dim] = features.shape, [rows, columns] = weight.shape;
  const fits = weight.shape.length === 2 && rows === dim && columns > 0;
  if (fits && columns % perClass === 0) return;
  throw new TypeError(
    `Cannot take ${act} of ${show(features.shape)} with weights ${
      show(weight.shape)
    }: they must be ` +
      `[${dim}, ${perClass === 1 ? "classes" : `classes times ${perClass}`}]`,
  );
}

/**
 * Refuses a setting that is not positive.
 *
 * @throws {RangeError}
 */
export function checkPositive(act: string, name: string, value: number): void {
  const fits = (held: number) => held >= LEAST_POSITIVE && held < Infinity;
  checkSetting(`Cannot take ${act} with ${name} ${value}:`, value, "it must be positive", fits);
}

/**
 * Refuses a setting that is negative.
 *
 * @throws {RangeError}
 */
export function checkNotNegative(act: string, name: string, value: number): void {
  const fits = (held: number) => held >= 0 && held < Infinity;
  const what = `Cannot take ${act} with ${name} ${value}:`;
  checkSetting(what, value, "it must be 0 or more", fits);
}
