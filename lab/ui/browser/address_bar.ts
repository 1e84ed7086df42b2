/// <reference lib="dom" />
/** The address of the page, which holds all settings. */
import { toAddress } from "../../settings/address.ts";
import type { Settings } from "../../settings/settings.ts";

/** Milliseconds that settings must stand still: browsers allow no change for each pixel that a slider moves. */
const WAIT_MS = 150;

/** Shows settings, and hears of others. */
export class AddressBar {
  #timer = 0;
  #settings: Settings | undefined;

  /** `changed` hears of another address that a visitor gives. */
  constructor(changed: () => void) {
    addEventListener("hashchange", () => {
      if (!isPlace(location.hash)) changed();
      else if (this.#settings) this.show(this.#settings);
    });
    // A link to a place on the page goes there, and leaves the settings where they are.
    addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      document.getElementById(link.hash.slice(1))?.focus();
    });
  }

  /** What stands behind `#`, unless it is the name of a place on the page. */
  get hash(): string {
    return isPlace(location.hash) ? "" : location.hash;
  }

  /** Soon shows these settings, as they are then. */
  show(settings: Settings): void {
    this.#settings = settings;
    clearTimeout(this.#timer);
    const act = () => history.replaceState(null, "", `#${toAddress(settings)}`);
    this.#timer = setTimeout(act, WAIT_MS) as unknown as number;
  }
}

function isPlace(hash: string): boolean {
  return document.getElementById(hash.slice(1)) !== null;
}
