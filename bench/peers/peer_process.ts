/** A program in a process of its own. */
import { Peer } from "./peer.ts";
import { PERMISSIONS, type ProgramName } from "./programs.ts";
import { type Answer, decode, encode, lines, type Request } from "./protocol.ts";

/** How much of what a process complains of is kept. */
const COMPLAINTS = 4000;

/** A child process that is asked one thing at a time. */
export class PeerProcess extends Peer {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #lines: AsyncGenerator<string>;
  #complaints = "";

  /** Starts it. Its drivers keep no compiled shaders, so that its first step is that of a fresh machine. */
  constructor(program: ProgramName, env: Record<string, string> = {}) {
    super(program);
    this.#child = new Deno.Command("deno", {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--frozen",
        ...PERMISSIONS[program],
        new URL("others/child.ts", import.meta.url).href,
        program,
      ],
      env: { MESA_SHADER_CACHE_DISABLE: "true", NO_COLOR: "true", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#stdin = this.#child.stdin.getWriter();
    this.#lines = lines(this.#child.stdout);
    this.#listen();
  }

  protected override close(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  }

  protected override async exchange<T>(request: Request): Promise<T> {
    await this.#stdin.write(new TextEncoder().encode(encode(request))).catch(() => {});
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) break;
      const answer = decode<Answer<T>>(value);
      if (answer && "answer" in answer) return answer.answer;
      if (answer && "error" in answer) throw this.error(answer.error.split("\n")[0]);
    }
    const { code } = await this.#child.status;
    const words = /^error: .*/m.exec(this.#complaints)?.[0];
    throw this.error(`its process ended with code ${code}${words ? `, ${words}` : ""}`);
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#complaints = (this.#complaints + text).slice(-COMPLAINTS);
    }
  }
}
