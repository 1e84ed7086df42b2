/** The claims of each page of `docs/experiments/`. A page's claims are added by a file and a line here. */
import { ALTERNATIVES_CLAIMS } from "./alternatives.ts";
import type { Claim } from "./claim.ts";
import { DENSITY_CLAIMS } from "./density.ts";
import { JX_CLAIMS } from "./jx.ts";
import { KERAS_CLAIMS } from "./keras.ts";
import { KZ_CLAIMS } from "./kz.ts";
import { LOSSES_CLAIMS } from "./losses.ts";
import { MX_CLAIMS } from "./mx.ts";
import { IMBALANCE_CLAIMS, NOISE_CLAIMS, OPEN_SET_CLAIMS, RELATIVES_CLAIMS } from "./relatives.ts";
import { WEN_CLAIMS } from "./wen.ts";

/** By the page's name. */
export const CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
  losses: LOSSES_CLAIMS,
  kz: KZ_CLAIMS,
  jx: JX_CLAIMS,
  mx: MX_CLAIMS,
  keras: KERAS_CLAIMS,
  density: DENSITY_CLAIMS,
  alternatives: ALTERNATIVES_CLAIMS,
  wen: WEN_CLAIMS,
  relatives: RELATIVES_CLAIMS,
  "relatives-open-set": OPEN_SET_CLAIMS,
  "relatives-imbalance": IMBALANCE_CLAIMS,
  "relatives-noise": NOISE_CLAIMS,
};
