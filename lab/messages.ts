/// <reference lib="dom" />
/** What the page and its worker tell each other. */
import type { Settings } from "./settings/settings.ts";

/** Formats of files that a run can be taken home as. */
export const EXPORTS = ["gif", "csv", "npz", "safetensors"] as const;
/** One of them. */
export type ExportFormat = typeof EXPORTS[number];

/** A file, and where it is in what was dropped: a file on its way to a worker forgets its folders. */
export interface GivenFile {
  file: File;
  path: string;
}

/** From the page. */
export type ToWorker =
  | { kind: "canvas"; map: number; canvas: OffscreenCanvas }
  | { kind: "size"; map: number; width: number; height: number; pixel: number }
  /** Begins anew. */
  | { kind: "start"; settings: Settings; playing: boolean }
  /** Goes on with other rates, weights and regions. */
  | { kind: "change"; settings: Settings }
  | { kind: "play"; on: boolean }
  | { kind: "step" }
  /** `still`: nothing turns by itself. */
  | { kind: "look"; hidden: number; dark: boolean; still: boolean }
  /** Where a visitor points, in device pixels; nowhere without a place. A sample that is `far` from there counts, too. */
  | { kind: "point"; map: number; place?: readonly [number, number]; far?: boolean }
  | { kind: "drag"; map: number; dx: number; dy: number }
  | { kind: "zoom"; map: number; factor: number; place: readonly [number, number] }
  | { kind: "follow"; map: number }
  /** A digit that was drawn: brightness of each pixel of a training image; none takes it away. */
  | { kind: "digit"; pixels?: Uint8Array<ArrayBuffer> }
  | { kind: "files"; files: readonly GivenFile[] }
  /** Shows the end of an epoch; without one what is live. */
  | { kind: "scrub"; epoch?: number }
  | { kind: "export"; map: number; format: ExportFormat };

/** How far a map is, and how well it does. */
export interface Numbers {
  step: number;
  epoch: number;
  /** Within over between; and shares of hits among the samples seen last. */
  ratio: number;
  byLogit: number;
  byCenter: number;
  /** Shares of hits among images that no step sees; of the end of the last epoch. */
  test?: { byLogit: number; byCenter: number };
}

/** What a page shows of a map. */
export interface MapReport extends Numbers {
  /** In the place of these numbers, where the end of an epoch is shown. */
  past?: Numbers;
  stepsPerEpoch: number;
  /** Names of the loss's terms. */
  terms: readonly string[];
  /** Loss and terms of the steps since the last report, row by row. */
  losses: Float32Array;
  /** Whether logits are trained at all. */
  readsLogits: boolean;
  centers: Float32Array;
  /** Half a side of what is shown; or directions, which have no length. */
  shown: number | "directions";
}

/** A sample in words and pixels. */
export interface ShownSample {
  /** Its number in the set. */
  id: number;
  label: number;
  pixels: Uint8Array<ArrayBuffer>;
}

/** What a visitor points at. */
export interface Pointed extends ShownSample {
  /** By the largest logit, where those are trained; and by the nearest center. */
  byLogit?: number;
  byCenter: number;
  /** To each center. */
  distances: number[];
  /** The five nearest in the space of features. */
  neighbours: ShownSample[];
  /** In device pixels. */
  place: readonly [number, number];
}

/** Where a drawn digit landed on a map. */
export interface Landed {
  byLogit?: number;
  byCenter: number;
  distances: number[];
}

/** From the worker. */
export type FromWorker =
  | { kind: "ready"; adapter: string; software: boolean }
  | {
    kind: "started";
    classNames: string[];
    images: number;
    shape: { height: number; width: number; channels: number };
  }
  | { kind: "compiling"; kernel: string; number: number; of: number }
  | {
    kind: "report";
    maps: MapReport[];
    /** The epochs whose ends can be shown. */
    snapshots: number[];
    playing: boolean;
    /** Drawn so far. */
    frames: number;
  }
  | { kind: "pointed"; map: number; sample?: Pointed }
  | { kind: "landed"; maps: Landed[] }
  | { kind: "loaded"; what: string }
  | {
    kind: "exported";
    name: string;
    type: string;
    bytes: Uint8Array<ArrayBuffer>;
    /** What a visitor should know of it. */
    note?: string;
  }
  /** Something that was asked for cannot be done; what runs goes on, or, `stopped`, cannot go on either. */
  | { kind: "refused"; message: string; stopped: boolean }
  /** Nothing goes on. */
  | { kind: "failed"; message: string; why: "no-webgpu" | "lost" | "error" };
