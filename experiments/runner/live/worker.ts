// deno-lint-ignore-file no-console
/**
 * The thread that listens for Ctrl-C and draws the line of a run, so that both go on while the run's own thread waits for
 * the GPU, compiles kernels or draws figures.
 */
import { barText, fitted, spinner } from "./bar_text.ts";
import { alone, type Message, overwrite, PLACES, print, STOP, TURN } from "./messages.ts";

const DRAWN_MS = 200, COLUMNS = 80;
/** `deno task` passes on a signal that the run has had already: what comes so soon after it is the same Ctrl-C. */
const SAME_MS = 500;
const thread = self as unknown as {
  onmessage: (event: { data: Message }) => void;
  postMessage(message: string): void;
};

let shared: Int32Array = new Int32Array(PLACES), terminal = false, tick = 0, since = 0;
let line: Exclude<Message, { kind: "begin" }> | undefined;

const stop = () => {
  if (Atomics.exchange(shared, STOP, 1) !== 0) return;
  // Without a listener the next one ends the process, whatever it does.
  setTimeout(() => Deno.removeSignalListener("SIGINT", stop), SAME_MS);
  alone(shared, () => {
    if (terminal && Atomics.load(shared, TURN) !== 0) overwrite("");
    print(() => console.log("Finishing the steps under way; Ctrl-C again stops at once"));
  });
};

function draw(): void {
  if (!line || !terminal) return;
  alone(shared, () => {
    if (line!.turn !== Atomics.load(shared, TURN)) return;
    const columns = columnsOfTerminal() - 1;
    overwrite(
      line!.kind === "bar"
        ? barText(line!.state, (performance.now() - since) / 1000, tick++, columns)
        : fitted(`${spinner(tick++)} ${line!.text}`, columns),
    );
  });
}

function columnsOfTerminal(): number {
  try {
    return Deno.consoleSize().columns || COLUMNS;
  } catch {
    return COLUMNS;
  }
}

thread.onmessage = ({ data }) => {
  if (data.kind === "begin") {
    ({ terminal } = data);
    shared = new Int32Array(data.shared);
    Deno.addSignalListener("SIGINT", stop);
    setInterval(draw, DRAWN_MS);
    thread.postMessage("listening");
    return;
  }
  line = data;
  since = performance.now();
  draw();
};
