/// <reference lib="dom" />
/** A run that was recorded before, for browsers without WebGPU. */

/** Plays it in the place of the maps. */
export function playRecorded(_maps: HTMLElement, _legend: HTMLElement): void {}
