/**
 * Bytes that arrive in pieces of any size, taken in pieces of one's own.
 *
 * @module
 */

/** Reads from the front of a stream of bytes. Disposing of it closes the stream. */
export class ByteReader implements AsyncDisposable {
  /** How many bytes were taken or skipped. */
  offset = 0;
  readonly #pieces: AsyncIterator<Uint8Array<ArrayBuffer>>;
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /** @param pieces What to read from; nothing else may. */
  constructor(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, or as many as there are; memory for all of them, so what a file claims is checked before. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count);
    return bytes.subarray(0, await this.fill(bytes));
  }

  /** Puts the next bytes into an array; returns how many there were. */
  async fill(bytes: Uint8Array): Promise<number> {
    let at = 0;
    return await this.#advance(bytes.length, (part) => {
      bytes.set(part, at);
      at += part.length;
    });
  }

  /** Leaves out the next `count` bytes; returns how many there were. */
  async skip(count: number): Promise<number> {
    return await this.#advance(count, () => {});
  }

  async #advance(count: number, use: (part: Uint8Array<ArrayBuffer>) => void): Promise<number> {
    const before = this.offset;
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#pieces.next();
        if (done) break;
        this.#rest = value;
      }
      const part = this.#rest.subarray(0, Math.min(left, this.#rest.length));
      this.#rest = this.#rest.subarray(part.length);
      this.offset += part.length;
      left -= part.length;
      use(part);
    }
    return this.offset - before;
  }

  /** Closes the stream. What goes wrong there has been said already, or is of no use: all that was wanted is read. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pieces.return?.().catch(() => {});
  }
}
