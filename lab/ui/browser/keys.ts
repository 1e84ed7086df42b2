/// <reference lib="dom" />
/** Keys of the whole page. */

/** What letters are typed into, and what the space bar acts on. */
const TYPED = "input[type=number], select, textarea", PRESSED = `input, button, summary, ${TYPED}`;

/** Acts on keys, where no control has them and no other key is held. */
export function listenToKeys(acts: Readonly<Record<string, () => void>>): void {
  addEventListener("keydown", (event) => {
    const { target, ctrlKey, metaKey, altKey } = event, key = event.key.toLowerCase();
    const own = target instanceof HTMLElement && target.closest(key === " " ? PRESSED : TYPED);
    if (own || ctrlKey || metaKey || altKey || !Object.hasOwn(acts, key)) return;
    event.preventDefault();
    if (!event.repeat) acts[key](); // a key that is held is pressed once
  });
}
