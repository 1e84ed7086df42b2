/** Pixels of a panel where no size is given: of three or more, letters stay legible in a page of 800 pixels. */
export function panelWidthOf(panels: number): number {
  return panels < 3 ? 600 : 400;
}
