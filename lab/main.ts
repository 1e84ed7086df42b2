/// <reference lib="dom" />
/** The program of the page and of its worker: one file, because both need the table of losses. */
import { Lab } from "./ui/lab.ts";
import { beginWorker } from "./worker/worker.ts";

if (globalThis.document) new Lab(new Worker(import.meta.url, { type: "module" }));
else beginWorker();
