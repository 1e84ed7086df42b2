/** What a place of a map would be called: by which scores, `scene.wgsl` has the formulas. */
import { BY_ANGLE, BY_CENTER, BY_LOGIT, NO_REGION } from "../draw/map_painter.ts";

/** What a map has to call places by. */
export interface Rules {
  /** Whether its loss goes by the nearest center. */
  byCenter: boolean;
  /** Whether its loss trains logits. */
  readsLogits: boolean;
  /** Columns of the last layer's weights a class. */
  columns: number;
  /** Whether these are directions, whose lengths do not count. */
  angular: boolean;
}

/** The regions of a map for what the page asks for (`settings.ts`): none where the map has no such scores. */
export function regionOf(asked: string | number, rules: Rules): number {
  const { readsLogits, columns, angular } = rules;
  const byLogit = !readsLogits || columns !== 1 ? NO_REGION : angular ? BY_ANGLE : BY_LOGIT;
  const own = rules.byCenter ? BY_CENTER : byLogit;
  return { none: NO_REGION, logit: byLogit, center: BY_CENTER }[asked] ?? own;
}
