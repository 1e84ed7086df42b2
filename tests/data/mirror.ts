import { diskTest } from "../on_disk.ts";

/** How a mirror answers. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** A web server on this machine, closed by `await using`. */
export function serve(handler: Handler): AsyncDisposable & { url: string } {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** A test with a directory of its own that may serve on this machine. */
export function mirrorTest(name: string, act: (directory: string) => Promise<void>): void {
  diskTest(name, act, { name: "net", host: "127.0.0.1" });
}

/** Answers with `bytes`, or with the part of them that a Range header asks for. */
export function withRanges(bytes: Uint8Array<ArrayBuffer>): Handler {
  return (request) => {
    const from = Number(request.headers.get("range")?.match(/^bytes=(\d+)-$/)?.[1] ?? NaN);
    if (Number.isNaN(from)) return new Response(bytes);
    if (from >= bytes.length) return new Response(null, { status: 416 });
    const headers = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    return new Response(bytes.slice(from), { status: 206, headers });
  };
}

/** Promises 1000 bytes, sends these, and closes the connection. */
export function breakOff(bytes: Uint8Array<ArrayBuffer>): Handler {
  const headers = { "content-length": "1000" };
  return () => new Response(ReadableStream.from([bytes]), { headers });
}
