/** What the tests ask of a page, in the page: each function is sent there by itself. `report` is the page's own state. */
/* global document, report */

/** Whether the scrubber says this. */
export const epochIs = (wanted) => document.querySelector("#epoch-name").textContent === wanted;

/** How high and how wide elements are. */
export const heightsOf = (selector) =>
  Array.from(document.querySelectorAll(selector), (it) => it.getBoundingClientRect().height);
export const widthsOf = (selector) =>
  Array.from(document.querySelectorAll(selector), (it) => it.getBoundingClientRect().width);

/** Whether an epoch of that number is shown. */
export const epochBegins = (number) =>
  document.querySelector("#epoch-name").textContent.startsWith(`${number} `);

/** Whether a sample is described. */
export const isDescribed = () => !document.querySelector(".sample").classList.contains("empty");

/** Whether the maps are drawn. */
export const isDrawn = () => report.maps[0].drawn.x.length > 0;

/** Place in the set of the sample that is pointed at, or null. */
export const chosen = () => report.state.chosen;

/** Its places in all maps. */
export const places = () => report.maps.map((map) => map.placeOfChosen());

/** The angle that space is turned by. */
export const yaw = () => report.state.yaw;

/** A sample of the first map that no other one is near to. */
export const loneSample = () => {
  const { part, drawn: { x, y } } = report.maps[0];
  const all = Array.from(x, (_, i) => i);
  const room = all.map((i) =>
    Math.min(...all.filter((k) => k !== i).map((k) => Math.hypot(x[i] - x[k], y[i] - y[k])))
  );
  const i = room.indexOf(Math.max(...room));
  return { index: part.index[i], label: part.labels[i], x: x[i], y: y[i] };
};

/** The lightest grey of the thumbnail without its darkest. */
export const thumbnailContrast = () => {
  const canvas = document.querySelector(".sample canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const reds = data.filter((_, i) => i % 4 === 0);
  return Math.max(...reds) - Math.min(...reds);
};

/** How many pixels of the first map have a color. */
export const coloredPixels = () => {
  const canvas = document.querySelector("canvas.map");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let colored = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = data.subarray(i, i + 3);
    if (Math.max(r, g, b) - Math.min(r, g, b) > 60) colored++;
  }
  return colored;
};

/** What a control is called. */
export const nameOf = (it) =>
  (it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent).trim();

/** Adds a script that leaves `foreign` behind, if it runs. */
export const addScript = () => {
  const script = document.createElement("script");
  script.textContent = "globalThis.foreign = true";
  document.body.append(script);
};

export const foreignRan = () => "foreign" in globalThis;

/** How wide the page is, with what is cut off. */
export const pageWidth = () => document.documentElement.scrollWidth;

/** How many pictures cannot be shown. */
export const brokenPictures = async () => {
  const images = [...document.images];
  images.forEach((image) => image.loading = "eager");
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return images.filter((image) => image.naturalWidth === 0).length;
};
