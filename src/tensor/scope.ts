/**
 * Lifetimes. Tensors made while a scope is open belong to it and are freed with it:
 *
 *     using _ = scope();
 *     const loss = ...;      // everything made here goes back to the pool at the closing brace
 *
 * What must live longer is named with {@linkcode keep}. Without a scope a tensor lives until its `dispose()`.
 */
import { described } from "../base/choice.ts";

/** What a scope frees. */
export interface Freeable {
  /** Frees it. */
  dispose(): void;
}

/** What happens whenever a scope opens; it gives what happens when that scope closes. */
const companions: (() => () => void)[] = [];

/** Lets something else begin and end with every scope, as the ops on the tape do. */
export function withEveryScope(opens: () => () => void): void {
  companions.push(opens);
}

/** An open scope. {@linkcode scope} opens it, and has an example. */
export class Scope {
  readonly #owned = new Set<Freeable>();
  readonly #parent = current;
  readonly #endings = companions.map((opens) => opens());
  #open = true;

  /** Makes `item` this scope's. */
  own(item: Freeable): void {
    this.#owned.add(item);
  }

  /** Takes `item` out of this scope and hands it to the surrounding one, if there is one. */
  release(item: Freeable): void {
    if (this.#owned.delete(item)) this.#parent?.own(item);
  }

  /** Takes `item` out of this scope; nobody frees it but its own `dispose()`. False when it was not this scope's. */
  forget(item: Freeable): boolean {
    return this.#owned.delete(item);
  }

  /** Ends the scope without freeing anything: what it owns is the surrounding one's, if there is one. */
  handOver(): void {
    this.#close();
    for (const item of this.#owned) this.#parent?.own(item);
    this.#owned.clear();
  }

  /**
   * Closes the scope before a wait, so that what others make meanwhile is not its own; what it owns lives until it is
   * disposed.
   */
  leave(): void {
    this.#close();
    for (const ends of this.#endings.splice(0)) ends();
  }

  /**
   * Frees what the scope owns, and takes its ops off the tape; `using` calls it.
   *
   * @throws {TypeError} When a scope that was opened within it is still open: two parts of a program waited at a time, and
   * each took what the other made for its own.
   */
  [Symbol.dispose](): void {
    const within = this.#open && current !== this;
    this.#close();
    for (const ends of this.#endings.splice(0)) ends();
    for (const item of this.#owned) item.dispose();
    this.#owned.clear();
    if (within) {
      throw new TypeError(
        "Cannot close a scope while another one that was opened within it is open: of two parts of a program that wait with " +
          "open scopes, run one after the other, or close each scope before its wait",
      );
    }
  }

  /** The innermost scope is then the nearest around it that is open. */
  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    while (current && !current.#open) current = current.#parent;
  }
}

let current: Scope | undefined;

/**
 * Opens a scope; close it by `using`. What is made in it is freed when it closes, gradients too: a loop over steps opens one
 * in its body (`batches.epoch()` and `recorded()` do by themselves), or memory grows with every step. Networks, optimizers
 * and what else is to stay are made outside, or kept by `keep()`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { keep, mul, openGpu, scope, sum, tensor, type Tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * let product: Tensor, total: Tensor;
 * {
 *   using _ = scope();
 *   product = mul(tensor([1, 2]), 3);
 *   total = keep(sum(product));
 * }
 * assertEquals(product.disposed, true);
 * assertEquals(await total.item(), 9);
 * ```
 */
export function scope(): Scope {
  return current = new Scope();
}

/** The innermost open scope. */
export function currentScope(): Scope | undefined {
  return current;
}

/**
 * Lets a tensor outlive the innermost scope: it belongs to the scope around that, if there is one. Without a scope, and for a
 * tensor that is not the innermost scope's, nothing changes.
 *
 * @returns `item`.
 * @throws {TypeError} For what a scope does not free, such as an array of tensors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { keep, openGpu, scope, square, sum, tensor, type Tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * function sumOfSquares(x: Tensor): Tensor {
 *   using _ = scope(); // frees the squares
 *   return keep(sum(square(x)));
 * }
 * assertEquals(await sumOfSquares(tensor([3, 4])).item(), 25);
 * ```
 */
export function keep<T extends Freeable>(item: T): T {
  if (typeof item?.dispose !== "function") {
    throw new TypeError(
      `Cannot keep ${described(item)}: give what has a dispose(), such as a tensor, one at a time`,
    );
  }
  current?.release(item);
  return item;
}

/** Runs `f`, which makes all of something or nothing: where it throws, what it made until then is freed. */
export function allOrNothing<T>(f: () => T): T {
  const own = scope();
  try {
    const made = f();
    own.handOver();
    return made;
  } catch (error) {
    own[Symbol.dispose]();
    throw error;
  }
}

/**
 * Refuses what a function gave that was to run in one go, if it is a promise.
 *
 * @param why The message.
 * @throws {TypeError}
 */
export function refusePromise(result: unknown, why: string): void {
  const { then } = (result ?? {}) as { then?: unknown };
  if (typeof then !== "function") return;
  Promise.resolve(result).catch(() => {}); // the refusal tells more than what became of it
  throw new TypeError(why);
}

/**
 * Runs `f` with no scope open, so that what it makes lives until it is disposed by name. Where it throws, what it made until
 * then is freed.
 *
 * @throws {TypeError} When `f` gives a promise: what it makes after its first wait would belong to the open scope.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, scope, tensor, type Tensor, unscoped } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * let passing: Tensor, lasting: Tensor;
 * {
 *   using _ = scope();
 *   passing = tensor([1]);
 *   lasting = unscoped(() => tensor([2]));
 * }
 * assertEquals([passing.disposed, lasting.disposed], [true, false]);
 * lasting.dispose();
 * ```
 */
export function unscoped<T>(f: () => T): T {
  const saved = current;
  current = undefined;
  try {
    return allOrNothing(() => {
      const made = f();
      refusePromise(
        made,
        "Cannot run an asynchronous function without a scope: what it makes after its first wait would belong to the open one; " +
          "wait before or after unscoped()",
      );
      return made;
    });
  } finally {
    current = saved;
  }
}
