/** What is said of the sample that is pointed at. */

/** A number for a reader: four digits that count. */
export function figure(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace("-", "\u2212") : "-";
}

/** Fills the card, or says how it is filled where no sample is chosen. */
export function showSample(card, { maps, runs, classes, thumbs, state }) {
  const { chosen, split } = state;
  const text = card.querySelector("[data-text]"), canvas = card.querySelector("canvas");
  card.classList.toggle("empty", chosen === null);
  if (chosen === null) {
    text.textContent = text.dataset.none;
    return;
  }
  const part = split === "train" ? "Training" : "Test";
  const lines = [];
  maps.forEach((map, m) => {
    const i = map.placeOfChosen();
    if (i < 0) return;
    const label = map.part.labels[i];
    if (lines.length === 0) {
      lines.push([
        `${part} image ${(chosen + 1).toLocaleString("en")}`,
        `class ${classes[label].name}`,
      ]);
    }
    lines.push(...linesOf(map, i, runs[m], { classes, split, several: runs.length > 1 }));
  });
  text.replaceChildren(...lines.map(([name, value, wrong]) => {
    const line = document.createElement("div"), term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = name;
    said.textContent = value;
    if (wrong) said.className = "wrong";
    line.append(term, said);
    return line;
  }));
  drawThumbnail(canvas, thumbs?.[split], maps, state);
}

/** What a run says of the sample at a place of its map: a line each, or all in one where several runs say it. */
function linesOf(map, i, { name, predicted }, { classes, split, several }) {
  const label = map.part.labels[i];
  const at = map.part.distances(map.place, i, map.map.centers[map.place]);
  const epoch = map.map.epochs[map.place];
  const k = split === "test" ? predicted?.classes[i] : undefined, sure = predicted?.certainty?.[i];
  const taken = k === undefined
    ? ""
    : `${classes[k].name}${sure === undefined ? "" : `, ${(100 * sure).toFixed(2)} % sure`}`;
  if (several) {
    const own = at &&
      `${figure(at.own)} from its own center, ${figure(at.least)} from the nearest, ${
        classes[at.nearest].name
      }`;
    const said = [k !== undefined && `taken for ${taken}`, own].filter((it) => it).join("; ");
    return [[name, said, k === undefined ? at && at.nearest !== label : k !== label]];
  }
  const lines = [];
  if (k !== undefined) {
    lines.push([`Taken for (last epoch, by ${predicted.rule})`, taken, k !== label]);
  }
  if (at) {
    lines.push([`Nearest center, epoch ${epoch}`, classes[at.nearest].name, at.nearest !== label]);
    lines.push(["Distance to its own center", figure(at.own)]);
    lines.push(["Distance to the nearest center", figure(at.least)]);
  }
  return lines;
}

function drawThumbnail(canvas, sheet, maps, state) {
  const image = sheet && document.getElementById(sheet.id);
  canvas.hidden = !image;
  const map = maps.find((it) => it.placeOfChosen() >= 0);
  if (!image || !map) return;
  const i = map.placeOfChosen(), { columns, width, height } = sheet;
  [canvas.width, canvas.height] = [width, height];
  canvas.setAttribute("aria-label", `Image ${state.chosen + 1}`);
  const context = canvas.getContext("2d");
  const draw = () => {
    const [left, top] = [i % columns * width, Math.floor(i / columns) * height];
    context.drawImage(image, left, top, width, height, 0, 0, width, height);
  };
  if (image.complete) draw();
  else image.addEventListener("load", draw, { once: true });
}
