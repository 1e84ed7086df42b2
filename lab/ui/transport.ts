/// <reference lib="dom" />
/** The buttons and keys by which a visitor trains. */
import { listenToKeys } from "./browser/keys.ts";
import { byId } from "./element.ts";

/** Play, Step and Restart. */
export class Transport {
  constructor(acts: Readonly<Record<"play" | "step" | "restart", () => void>>) {
    for (const [id, act] of Object.entries(acts)) byId(id).addEventListener("click", act);
    listenToKeys({ " ": acts.play, s: acts.step, r: acts.restart });
  }

  /** Shows whether the maps train. */
  set playing(on: boolean) {
    byId("play").textContent = on ? "Pause" : "Play";
  }
}
