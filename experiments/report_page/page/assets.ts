/** The page's script and style, as one text each: the files beside this one. */
import decode from "./decode.js" with { type: "text" };
import featureMap from "./feature_map.js" with { type: "text" };
import main from "./main.js" with { type: "text" };
import sampleCard from "./sample_card.js" with { type: "text" };
import style from "./style.css" with { type: "text" };
import view from "./view.js" with { type: "text" };
import { colorRules } from "../colors.ts";

/** Classes and lines with a color of their own in the style. */
const COLORS = 100;

/** A module as a part of one script: imports are of the same script, and nothing is exported. */
function inOne(module: string): string {
  return module.replace(/^import [\s\S]*?;\n/gm, "").replace(/^export /gm, "");
}

/** The script of every page that has one. It says no more than its files, in the order in which they use each other. */
export const PAGE_SCRIPT = `"use strict";
(() => {
${[decode, view, featureMap, sampleCard, main].map(inOne).join("\n")}
start();
})();
`;

const { light, dark } = colorRules(COLORS);

/** The style of every page. */
export const PAGE_STYLE = `:root{${light}}
@media screen and (prefers-color-scheme: dark){:root{${dark}}}
${style}`;
