/** How a map is drawn, by the settings. */
import { BY_CENTER, BY_LOGIT, type Look, NO_REGION } from "../draw/map_painter.ts";
import { type Settings, showsDirections } from "../settings/settings.ts";

/** Regions and lengths of a map; `own` is the rule that its loss goes by. */
export function lookOf(
  settings: Settings,
  map: number,
  own: number,
): Pick<Look, "region" | "directions"> {
  const byLogit = own === BY_CENTER ? BY_LOGIT : own;
  const asked = { none: NO_REGION, logit: byLogit, center: BY_CENTER }[settings.shared.regions];
  return { region: asked ?? own, directions: showsDirections(settings, settings.maps[map]) };
}
