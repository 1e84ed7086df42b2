/**
 * One attempt to fetch a file from one address.
 *
 * @module
 */
import { fileSize, onDisk } from "../../src/base/files.ts";
import { system } from "../../src/base/system.ts";

/** Called as bytes arrive: how many are there, counting those of an earlier attempt, and of how many if known. */
export type Progress = (received: number, total: number | undefined) => void;

/**
 * Fetches what is missing of a file and adds it to `path`. Bytes already there are kept if the server
 * can continue after them (a Range request, RFC 9110 section 14), and overwritten if it starts over.
 * After an error the file holds what has arrived; it is removed where that is more than it may be.
 *
 * @param patience How long the server may stay silent, in milliseconds.
 * @param most Bytes that the file may have.
 * @throws {RunError} If the disk refuses.
 * @throws {Error} If the server does: the message says how.
 */
export async function fetchFile(
  url: string,
  path: string,
  progress?: Progress,
  patience = 30_000,
  most = Infinity,
): Promise<void> {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`it sent nothing for ${patience / 1000} s`));
  let timer = setTimeout(giveUp, patience);
  try {
    const response = await request(url, await fileSize(path) ?? 0, silence.signal);
    const resumed = response.status === 206;
    let received = resumed ? rangeStart(response) : 0;
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : received + Number(length);
    using file = await onDisk(
      `write ${path}`,
      system.open(path, { write: true, create: true, truncate: !resumed, append: resumed }),
    );
    const check = async (bytes: number) => {
      if (bytes <= most) return;
      await onDisk(`remove ${path}`, system.remove(path));
      throw new Error(`it sends ${bytes} bytes and more, where ${most} are the most`);
    };
    await check(total ?? received);
    progress?.(received, total);
    for await (const piece of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, patience);
      received += piece.length;
      await check(received);
      for (let done = 0; done < piece.length;) {
        done += await onDisk(`write ${path}`, file.write(piece.subarray(done)));
      }
      progress?.(received, total);
    }
  } finally {
    clearTimeout(timer);
    silence.abort(); // what else the server has to send is not waited for
  }
}

/** A response that continues at byte `from`, or one that starts over. */
async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // Compressed on the way, the bytes would be other ones than those that were counted and summed.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (from > 0) headers.range = `bytes=${from}-`;
  const response = await fetch(url, { headers, signal });
  const continues = response.status === 206 && rangeStart(response) === from;
  if (response.status === 200 || continues) return response;
  await response.body?.cancel();
  // 416: nothing comes after what is there, so it is another file's beginning, or complete already.
  if (from > 0 && [206, 416].includes(response.status)) return request(url, 0, signal);
  throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd());
}

/** The first byte of a partial response, NaN where it does not say. */
function rangeStart(response: Response): number {
  return Number(response.headers.get("content-range")?.match(/^bytes (\d+)-/)?.[1] ?? NaN);
}
