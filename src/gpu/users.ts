/** Those who use one device. */

/** Counts users, and knows when the device is of no use to any. */
export class Users {
  #count = 0;

  /** One more user: each is to leave. */
  join(): void {
    this.#count++;
  }

  /** Ends one use; true when that was the last, and of a device that was lost when it was any. */
  leave(lost: boolean): boolean {
    this.#count = Math.max(0, this.#count - 1);
    return lost || this.#count === 0;
  }
}
