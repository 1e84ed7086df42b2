/// <reference lib="dom" />
/** How many pixels of the device a part of the page has. */

/** Acts when an element has another size, or its pixels of the device become other ones; and once now. */
export function onPixels(element: Element, act: () => void): void {
  new ResizeObserver(act).observe(element);
  const again = () => {
    const now = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    now.addEventListener("change", () => {
      act();
      again();
    }, { once: true });
  };
  again();
}
