/** The feature map of a page: still for readers without scripts and on paper, lively else. */
import { Html, markup } from "../html.ts";
import type { Explorer } from "../maps/explorer_data.ts";

/** A picture that stands in for the map where no script runs. */
export interface Still {
  address: string;
  alt: string;
}

/** The map with its controls; without data the still picture alone. */
export function explorerSection(
  explorer: Explorer | undefined,
  still: Still | undefined,
  note: string | undefined,
): Html | undefined {
  if (!explorer && !still && !note) return undefined;
  return markup`
<section aria-labelledby="map">
<h2 id="map">The feature space</h2>
${note && markup`<p class="note">${note}</p>`}
${
    still &&
    markup`<div class="${
      explorer ? "still" : "alone"
    } still"><img src="${still.address}" alt="${still.alt}"></div>`
  }
${explorer && lively(explorer)}
</section>`;
}

function lively({ data, sheets }: Explorer): Html {
  const { runs, classes } = data, several = runs.length > 1;
  const longest = runs[data.guide].map.epochs.length;
  const inSpace = runs.some(({ map }) => map.width === 3);
  const shown = runs[0].map;
  return markup`<div class="explorer" id="explorer" hidden>
<div class="controls">
<span class="scrub"><label for="epoch">Epoch</label><input type="range" id="epoch" min="0" max="${
    longest - 1
  }" value="${longest - 1}" step="1"><output id="epoch-name" for="epoch"></output>${
    longest > 1
      ? new Html('<button type="button" id="play">Play</button>')
      : new Html('<button type="button" id="play" hidden>Play</button>')
  }</span>
<fieldset><legend>Images</legend>${choice("split", "test", "test images", true)}${
    choice("split", "train", "training images")
  }</fieldset>
${
    inSpace &&
    markup`<fieldset><legend>View</legend>${choice("view", "plane", "plane", true)}${
      choice("view", "space", "space, to turn")
    }</fieldset>`
  }
<label><input type="checkbox" name="trails" checked>trails of the centers</label>
${several && markup`<label><input type="checkbox" name="common">the same axes</label>`}
</div>
<div class="maps">${runs.map((run, k) => mapOf(run, k))}</div>
<div class="side">
<div class="sample empty" role="status" aria-live="polite"><canvas role="img"></canvas><dl data-text data-none="Point at a dot, or move along the dots with the arrow keys, to see its image, its class and its distances. A click keeps it, Escape lets it go.${
    inSpace
      ? " In space, drag or use the arrow keys to turn; Shift and an arrow go to another dot."
      : ""
  }"></dl></div>
<fieldset class="classes"><legend>Classes</legend><div class="list">${
    classes.map(({ name, short }, k) =>
      markup`<label title="${name}"><input type="checkbox" name="class" value="${k}" checked><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="5" fill="var(--c${k})"/></svg>${
        short && short !== name && markup`<b aria-hidden="true">${short}</b>`
      }<span>${name}</span></label>\n`
    )
  }</div><div class="both"><button type="button" id="all-classes">all</button><button type="button" id="no-classes">none</button></div></fieldset>
<p class="note">${shown.test.count.toLocaleString("en")} test and ${
    shown.train.count.toLocaleString("en")
  } training images are in this page. ${axesOf(data)}Discs are centers.</p>
</div>
${sheets.map(({ id, address }) => markup`<img id="${id}" src="${address}" alt="" hidden>`)}
</div>`;
}

/** Along which components of features in more dimensions than two the maps are. */
function axesOf({ runs }: Explorer["data"]): string {
  return runs.filter(({ map }) => map.projected).map(({ name, map: { axes } }) =>
    `${runs.length > 1 ? `${name} is` : "They are"} shown along ${
      axes.slice(0, 2).join(" and ")
    } of the last epoch's training features. `
  ).join("");
}

function mapOf({ name, accuracy }: Explorer["data"]["runs"][number], k: number): Html {
  return markup`<figure><figcaption><b>${name}</b><span>${
    Object.keys(accuracy.test).map((rule, i) =>
      markup`${i > 0 && ", "}<span data-reading data-run="${k}" data-rule="${rule}"></span> by ${
        rule.replace("-", " ")
      }`
    )
  } (<span data-part data-run="${k}">test</span>)</span></figcaption><canvas class="map" tabindex="0" role="img" aria-label="Feature map"></canvas></figure>`;
}

function choice(name: string, value: string, label: string, checked = false): Html {
  return markup`<label><input type="radio" name="${name}" value="${value}"${
    checked && new Html(" checked")
  }>${label}</label>`;
}
