/** Every loss. To add one, write its file and list it here, by its kind, with its recipe. */
import { ADACOS, type AdaCosRecipe } from "./adacos.ts";
import { ARCFACE, type ArcFaceRecipe } from "./arcface.ts";
import {
  CENTER,
  CENTER_ALONE,
  type CenterAloneRecipe,
  type CenterRecipe,
} from "./center_objective.ts";
import { CENTER_REPULSION, type CenterRepulsionRecipe } from "./center_repulsion.ts";
import { CENTER_SOFTMAX, type CenterSoftmaxRecipe } from "./center_softmax.ts";
import { CAC, type CacRecipe } from "./class_anchors.ts";
import { CONTRASTIVE_CENTER, type ContrastiveCenterRecipe } from "./contrastive_center.ts";
import { COSFACE, type CosFaceRecipe } from "./cosface.ts";
import { COCO, type CosineSoftmaxRecipe, NORMFACE } from "./cosine_softmax.ts";
import { CROSS_ENTROPY, type CrossEntropyRecipe } from "./cross_entropy.ts";
import { GIT, type GitRecipe } from "./git_loss.ts";
import { ISLAND, type IslandRecipe } from "./island.ts";
import { L_SOFTMAX, type LSoftmaxRecipe } from "./l_softmax.ts";
import type { Loss, NumberSetting, Setting } from "./loss.ts";
import { OWN, type OwnLossRecipe } from "./own_loss.ts";
import { PROXY_ANCHOR, type ProxyAnchorRecipe } from "./proxy_anchor.ts";
import { RANGE, type RangeRecipe } from "./range_loss.ts";
import { RING, type RingRecipe } from "./ring_loss.ts";
import { SIMPLEX, type SimplexRecipe } from "./simplex.ts";
import { SOFT_TRIPLE, type SoftTripleRecipe } from "./soft_triple.ts";
import { SPHEREFACE, type SphereFaceRecipe } from "./sphereface.ts";
import { STANDALONE, type StandaloneRecipe } from "./standalone.ts";
import { SUP_CON, type SupConRecipe } from "./sup_con.ts";
import { TRIPLET_CENTER, type TripletCenterRecipe } from "./triplet_center.ts";

/** A loss in a recipe. */
export type LossRecipe =
  | CrossEntropyRecipe
  | CenterRecipe
  | CenterAloneRecipe
  | StandaloneRecipe
  | CenterRepulsionRecipe
  | CenterSoftmaxRecipe
  | ContrastiveCenterRecipe
  | TripletCenterRecipe
  | IslandRecipe
  | GitRecipe
  | RingRecipe
  | LSoftmaxRecipe
  | SphereFaceRecipe
  | CosineSoftmaxRecipe<"normface">
  | CosineSoftmaxRecipe<"coco">
  | CosFaceRecipe
  | ArcFaceRecipe
  | AdaCosRecipe
  | RangeRecipe
  | CacRecipe
  | SupConRecipe
  | ProxyAnchorRecipe
  | SoftTripleRecipe
  | SimplexRecipe
  | OwnLossRecipe;

/** The kind of a loss. */
export type LossKind = LossRecipe["kind"];

/** By kind, in the order of pages and lists. */
export const LOSSES = {
  "cross-entropy": CROSS_ENTROPY,
  "center": CENTER,
  "center-alone": CENTER_ALONE,
  "standalone": STANDALONE,
  "center-repulsion": CENTER_REPULSION,
  "center-softmax": CENTER_SOFTMAX,
  "contrast-center": CONTRASTIVE_CENTER,
  "triplet-center": TRIPLET_CENTER,
  "island": ISLAND,
  "git": GIT,
  "ring": RING,
  "l-softmax": L_SOFTMAX,
  "sphereface": SPHEREFACE,
  "normface": NORMFACE,
  "coco": COCO,
  "cosface": COSFACE,
  "arcface": ARCFACE,
  "adacos": ADACOS,
  "range": RANGE,
  "cac": CAC,
  "supcon": SUP_CON,
  "proxy-anchor": PROXY_ANCHOR,
  "soft-triple": SOFT_TRIPLE,
  "simplex": SIMPLEX,
  "own": OWN,
} as const satisfies { [Kind in LossKind]: Loss<Extract<LossRecipe, { kind: Kind }>> };

type SettingsOf<L> = L extends { settings: infer S } ? S[keyof S] : never;
type FlagIn<S> = S extends { flag: infer Flag } ? Flag : never;

/** The name of a flag that changes a number of a loss. */
export type LossFlag = FlagIn<SettingsOf<(typeof LOSSES)[LossKind]>>;

/** The loss of a kind, whichever it is. */
export function lossOf(kind: LossKind): Loss<{ kind: string }> {
  return LOSSES[kind] as unknown as Loss<{ kind: string }>;
}

/** The settings of a loss, by the fields of its recipe. */
export function settingsOf(kind: LossKind): Readonly<Record<string, Setting>> {
  return LOSSES[kind].settings;
}

/** The field that a flag changes in a loss, and what it may be; undefined where the loss has no such number. */
export function numberOf(
  kind: LossKind,
  flag: string,
): { field: string; setting: NumberSetting } | undefined {
  for (const [field, setting] of Object.entries(settingsOf(kind))) {
    if ("flag" in setting && setting.flag === flag) return { field, setting };
  }
  return undefined;
}
