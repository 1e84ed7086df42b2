/** Every study. One is added by its file and a line here. */
import { ALTERNATIVES_STUDIES } from "./alternatives.ts";
import { CENTER_RULES_STUDY } from "./center_rules.ts";
import { DENSITY_CLAIMS_STUDY } from "./density_claims.ts";
import { KERAS_LAMBDA_STUDY } from "./keras_lambda.ts";
import { LAMBDA_SWEEP_ALPHA_STUDY, LAMBDA_SWEEP_STUDY } from "./lambda_sweep.ts";
import { LOSSES_STUDIES } from "./losses.ts";
import { MX_CONTROL_STUDY } from "./mx_control.ts";
import { MX_STAGES_STUDY } from "./mx_stages.ts";
import {
  RELATIVES_IMBALANCE_STUDY,
  RELATIVES_NOISE_STUDY,
  RELATIVES_OPEN_SET_STUDY,
  RELATIVES_STUDY,
} from "./relatives.ts";
import type { Study } from "./study.ts";

/** All studies, in the order of the list. */
export const STUDIES: readonly Study[] = [
  ...LOSSES_STUDIES,
  CENTER_RULES_STUDY,
  MX_STAGES_STUDY,
  MX_CONTROL_STUDY,
  KERAS_LAMBDA_STUDY,
  DENSITY_CLAIMS_STUDY,
  ...ALTERNATIVES_STUDIES,
  LAMBDA_SWEEP_STUDY,
  LAMBDA_SWEEP_ALPHA_STUDY,
  RELATIVES_STUDY,
  RELATIVES_OPEN_SET_STUDY,
  RELATIVES_IMBALANCE_STUDY,
  RELATIVES_NOISE_STUDY,
];
