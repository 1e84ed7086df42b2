/// <reference lib="dom" />
/** The page's program: a worker trains and draws, this thread has the controls. */
import { Lab } from "./ui/lab.ts";

new Lab(new Worker(new URL("worker.js", document.baseURI), { type: "module" }));
