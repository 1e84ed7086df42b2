/** A guided tour: six settings of the page, and two sentences to each. */
import { mapOf } from "./losses.ts";
import { defaultSettings, type Settings, type Shared } from "./settings.ts";

/** A step of the tour. */
export interface TourStep {
  title: string;
  /** What is seen, and why. */
  text: string;
  settings: Settings;
}

const step = (
  title: string,
  text: string,
  maps: Settings["maps"],
  shared: Partial<Shared> = {},
): TourStep => ({
  title,
  text,
  settings: { shared: { ...defaultSettings().shared, ...shared }, maps },
});

/** The steps, in order. */
export const TOUR: readonly TourStep[] = [
  step(
    "Softmax alone makes rays",
    "Cross-entropy rewards a larger logit without end, and a logit grows with the length of a feature: so classes become " +
      "rays from the origin. Samples of two classes near the origin lie closer together than samples of one class along its ray.",
    [mapOf("cross-entropy")],
  ),
  step(
    "Center loss pulls each class together",
    "On the right the same network sees the same images in the same order, and a second term pulls each sample to the " +
      "center of its class. Watch the ratio of the spread within classes to the spread between them fall.",
    [mapOf("cross-entropy"), mapOf("center")],
  ),
  step(
    "What lambda does",
    "Three weights of the same pull: at 0.001 rays remain, at 0.1 they become clusters, at 3 the pull holds the classes so close " +
      "that they part late. Move lambda while it trains: the map answers at once.",
    [0.001, 0.1, 3].map((weight) => mapOf("center", { weight })),
  ),
  step(
    "Which rule moves the centers",
    "The paper moves a center by the sum of its differences to its samples in the batch, divided by one plus their number; " +
      "autograd moves it by the gradient of the loss, in which lambda is a factor. Follow the paths of the centers: the paper's " +
      "reach their classes sooner, and after some epochs both maps classify alike.",
    [mapOf("center", { rule: "paper" }), mapOf("center", { rule: "autograd" })],
  ),
  step(
    "Standalone needs a push",
    "Without a softmax, and with a pull alone, every feature could become the same and the loss would be 0. So a push " +
      "between samples of different classes takes the softmax's place: on the right it is a hundredth, and the classes fall " +
      "together.",
    [mapOf("standalone"), mapOf("standalone", { weightInter: 0.001 })],
  ),
  step(
    "What the angle changes",
    "In a space of three features rays become spikes, and what tells classes apart is their direction. ArcFace sees nothing " +
      "else: its samples stand on a sphere, where a margin on the angle parts the classes; drag to turn either.",
    [mapOf("cross-entropy"), mapOf("arcface")],
    { features: 3 },
  ),
];
