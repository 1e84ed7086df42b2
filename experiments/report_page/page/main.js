import { bytesOf, Samples, wholesOf } from "./decode.js";
import { FeatureMap } from "./feature_map.js";
import { showSample } from "./sample_card.js";

/** Milliseconds that an epoch stays while they play, and that one takes to become the next. */
const STAY = 650, MOVE = 350;

/** Brings a page's maps to life; without one there is nothing to do. */
export function start() {
  const element = document.getElementById("data"), explorer = document.getElementById("explorer");
  if (!element || !explorer) return;
  const data = JSON.parse(element.textContent);
  const runs = data.runs.map((run) => ({ ...run, predicted: decodePredicted(run.predicted) }));
  const state = {
    ...{ split: "test", hidden: new Set(), trails: true, view: "plane" },
    ...{ yaw: 0.6, pitch: 0.45, chosen: null, pinned: false },
    ...{ epochs: runs[data.guide].map.epochs, at: runs[data.guide].map.epochs.length - 1 },
  };
  document.documentElement.classList.add("lively");
  explorer.hidden = false;
  // A browser that comes back would fill them as they were left, and the state is new.
  for (const input of explorer.querySelectorAll("input")) input.autocomplete = "off";
  const canvases = [...explorer.querySelectorAll("canvas.map")];
  const maps = runs.map(({ map }, m) =>
    new FeatureMap(
      canvases[m],
      map,
      { train: new Samples(map.train, map.width), test: new Samples(map.test, map.width) },
      data.classes,
      state,
    )
  );
  const page = { ...data, runs, maps, state, explorer };
  const draw = drawing(page);
  listen(page, draw);
  draw();
  Object.assign(globalThis, { report: page }); // for whoever looks at it from the console, and for tests
}

function decodePredicted(predicted) {
  if (!predicted) return undefined;
  return {
    rule: predicted.rule,
    classes: wholesOf(predicted.classes),
    certainty: predicted.certainty && new Float32Array(bytesOf(predicted.certainty).buffer),
  };
}

/** Draws on the next frame what was asked for since the last one. */
function drawing(page) {
  const { maps, explorer, state, classes } = page;
  let asked = false;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    asked = false;
    const root = document.documentElement, style = getComputedStyle(root);
    const color = (name) => style.getPropertyValue(name).trim();
    const ground = dark.matches && !root.classList.contains("paper") ? "dark" : "light";
    const colors = {
      ...{ ground: color("--plot"), ink: color("--ink"), quiet: color("--quiet") },
      ...{ grid: color("--grid"), border: color("--border") },
      classes: classes.map((it) => it[ground]),
    };
    for (const map of maps) map.draw(colors);
    read(page);
    showSample(explorer.querySelector(".sample"), page);
  };
  const draw = () => {
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  };
  dark.addEventListener("change", draw);
  new ResizeObserver(draw).observe(explorer);
  // Paper is light, whatever the screen is; a canvas has to be painted for it.
  const onPaper = (is) => {
    document.documentElement.classList.toggle("paper", is);
    paint();
  };
  addEventListener("beforeprint", () => onPaper(true));
  addEventListener("afterprint", () => onPaper(false));
  matchMedia("print").addEventListener("change", ({ matches }) => onPaper(matches));
  draw.state = state;
  return draw;
}

/** Writes what the tables say of the epoch that is shown, and moves the rules of the charts there. */
function read({ runs, guide, maps, explorer, state }) {
  const epoch = state.epochs[Math.round(state.at)], words = `${epoch} of ${runs[guide].planned}`;
  explorer.querySelector("#epoch-name").textContent = words;
  explorer.querySelector("#epoch").setAttribute("aria-valuetext", words);
  explorer.querySelectorAll("[data-reading]").forEach((element) => {
    const run = runs[Number(element.dataset.run)], { rule } = element.dataset;
    const own = maps[Number(element.dataset.run)].place;
    const value = run.accuracy[state.split][rule]?.[run.map.epochs[own] - 1];
    element.textContent = value === undefined || value === null
      ? "-"
      : `${(100 * value).toFixed(2)} %`;
  });
  const part = state.split === "train" ? "training" : "test";
  maps.forEach((map, m) => {
    const own = runs.length > 1 ? `${runs[m].name}: ` : "", after = map.map.epochs[map.place];
    map.canvas.setAttribute(
      "aria-label",
      `${own}Feature map of ${map.part.count} ${part} images after epoch ${after}`,
    );
  });
  explorer.querySelectorAll("[data-part]").forEach((element) => {
    const { map, place } = maps[Number(element.dataset.run)];
    element.textContent = `${part}, epoch ${map.epochs[place]}`;
  });
  document.querySelectorAll("svg.chart[data-first]").forEach((chart) => {
    const [first, last] = [Number(chart.dataset.first), Number(chart.dataset.last)];
    const epochs = Number(chart.dataset.epochs);
    const share = epochs > 1 ? (epoch - 1) / (epochs - 1) : 1;
    const x = first + Math.min(1, share) * (last - first);
    const rule = chart.querySelector(".now");
    rule.setAttribute("x1", x);
    rule.setAttribute("x2", x);
  });
}

/** Moves to another epoch, at once where motion is not wanted. */
function mover({ state, explorer }, draw) {
  const slider = explorer.querySelector("#epoch");
  let running = 0;
  return (place) => {
    slider.value = place;
    cancelAnimationFrame(running);
    const from = state.at, begin = performance.now();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || Math.abs(from - place) > 1.01) {
      state.at = place;
      return draw();
    }
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - begin) / MOVE));
      state.at = share === 1 ? place : from + (place - from) * share * share * (3 - 2 * share);
      draw();
      if (share < 1) running = requestAnimationFrame(step);
    };
    running = requestAnimationFrame(step);
  };
}

function listen(page, draw) {
  const { explorer, state, maps, classes } = page,
    find = (selector) => explorer.querySelector(selector);
  const slider = find("#epoch"), play = find("#play"), move = mover(page, draw);
  slider.addEventListener("input", () => move(Number(slider.value)));
  let playing = 0;
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.textContent = "Play";
  };
  play.addEventListener("click", () => {
    if (playing) return stop();
    play.textContent = "Stop";
    if (Number(slider.value) === Number(slider.max)) move(0);
    playing = setInterval(() => {
      if (Number(slider.value) < Number(slider.max)) move(Number(slider.value) + 1);
      else stop();
    }, STAY);
  });
  explorer.addEventListener("change", ({ target }) => {
    if (target.name === "split") {
      state.split = target.value;
      [state.chosen, state.pinned] = [null, false];
    }
    if (target.name === "view") state.view = target.value;
    if (target.name === "trails") state.trails = target.checked;
    if (target.name === "common") {
      maps.forEach((map) => map.common = target.checked ? commonOf(maps) : null);
    }
    if (target.name === "class") {
      if (target.checked) state.hidden.delete(Number(target.value));
      else state.hidden.add(Number(target.value));
    }
    draw();
  });
  for (const [selector, hide] of [["#all-classes", false], ["#no-classes", true]]) {
    find(selector)?.addEventListener("click", () => {
      explorer.querySelectorAll("input[name=class]").forEach((box) => box.checked = !hide);
      state.hidden = new Set(hide ? classes.map((_, k) => k) : []);
      draw();
    });
  }
  for (const map of maps) listenTo(map, page, draw);
}

/** One range for all maps of a part. */
function commonOf(maps) {
  const of = (split) => {
    const ranges = maps.map((map) => map.samples[split].range);
    const least = (name) => Math.min(...ranges.map((it) => it[name]));
    const most = (name) => Math.max(...ranges.map((it) => it[name]));
    return { xMin: least("xMin"), xMax: most("xMax"), yMin: least("yMin"), yMax: most("yMax") };
  };
  return { train: squared(of("train")), test: squared(of("test")) };
}

function squared({ xMin, xMax, yMin, yMax }) {
  const half = Math.max(xMax - xMin, yMax - yMin) / 2;
  const [x, y] = [(xMin + xMax) / 2, (yMin + yMax) / 2];
  return { xMin: x - half, xMax: x + half, yMin: y - half, yMax: y + half };
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Pointer and keys of one map: samples are pointed at, chosen and walked along, and space is turned. */
function listenTo(map, { state }, draw) {
  const { canvas } = map;
  const choose = (i, pinned) => {
    const chosen = i < 0 ? null : map.part.index[i];
    if (chosen === state.chosen && pinned === state.pinned) return;
    [state.chosen, state.pinned] = [chosen, pinned && chosen !== null];
    draw();
  };
  const inSpace = () => state.view === "space" && map.map.width === 3;
  const turn = (yaw, pitch) => {
    state.yaw += yaw;
    state.pitch = Math.max(-1.5, Math.min(1.5, state.pitch + pitch));
    draw();
  };
  let held = null, turned = false;
  canvas.addEventListener("pointermove", (event) => {
    if (held?.id === event.pointerId && !(event.buttons & 1)) held = null; // let go elsewhere
    if (held && held.id !== event.pointerId) return;
    if (held && inSpace()) {
      turned ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 3;
      turn((event.clientX - held.x) / 120, (event.clientY - held.y) / 120);
      held = { id: held.id, x: event.clientX, y: event.clientY };
    } else if (!state.pinned) choose(map.pick(event.offsetX, event.offsetY), false);
  });
  canvas.addEventListener("pointerdown", (event) => {
    if (held && held.id !== event.pointerId || event.button !== 0) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    turned = false;
    if (inSpace()) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (held?.id !== event.pointerId || event.button !== 0) return;
    held = null;
    if (!turned) choose(map.pick(event.offsetX, event.offsetY), true);
  });
  canvas.addEventListener("pointercancel", () => held = null);
  canvas.addEventListener("pointerleave", () => {
    if (!state.pinned) choose(-1, false);
  });
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === "Escape") choose(-1, false);
    if (!arrow) return;
    event.preventDefault();
    if (inSpace() && !event.shiftKey) turn(arrow[0] * 0.1, arrow[1] * 0.1);
    else choose(map.neighbour(...arrow), true);
  });
}
