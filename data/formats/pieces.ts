/**
 * A file's bytes in pieces of any size, as they arrive.
 *
 * @module
 */

/** Bytes in pieces: a file that is read, or a list of arrays. */
export type Pieces =
  | AsyncIterable<Uint8Array<ArrayBuffer>>
  | Iterable<Uint8Array<ArrayBuffer>>;

/** Pieces as a stream, which asks for a piece when it is read; not every browser has `ReadableStream.from()`. */
export function streamOf(pieces: Pieces): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = async function* () {
    yield* pieces;
  }();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return();
    },
  }, { highWaterMark: 0 });
}
