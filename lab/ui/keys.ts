/// <reference lib="dom" />
/** Keys of the whole page. */

/** What a control takes keys for itself. */
const CONTROLS = "input, select, textarea, button, summary, canvas";

/** Acts on keys, where no control has them and no other key is held. */
export function listenToKeys(acts: Readonly<Record<string, () => void>>): void {
  addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    const own = target instanceof HTMLElement && target.closest(CONTROLS);
    if (own || ctrlKey || metaKey || altKey || !Object.hasOwn(acts, key)) return;
    event.preventDefault();
    acts[key]();
  });
}
