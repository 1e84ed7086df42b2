/// <reference lib="dom" />
/** The address of the page, which holds all settings. */
import { toAddress } from "../../settings/address.ts";
import type { Settings } from "../../settings/settings.ts";

/** Milliseconds that settings must stand still: browsers allow no change for each pixel that a slider moves. */
const WAIT_MS = 150;

/** Shows settings. */
export class AddressBar {
  #timer = 0;

  /** Soon shows these settings, as they are then. */
  show(settings: Settings): void {
    clearTimeout(this.#timer);
    const act = () => history.replaceState(null, "", `#${toAddress(settings)}`);
    this.#timer = setTimeout(act, WAIT_MS) as unknown as number;
  }
}
