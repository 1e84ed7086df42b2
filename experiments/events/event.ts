/** TensorBoard's events, by `tensorboard/compat/proto/{event,summary,tensor}.proto`. */
import { PbfReader, PbfWriter } from "npm:pbf@5.1.2";
import { message } from "./message.ts";

/** Counts of numbers between limits. */
export interface Histogram {
  min: number;
  max: number;
  count: number;
  sum: number;
  sumOfSquares: number;
  /** Upper limits of the buckets, rising. */
  limits: readonly number[];
  /** How many numbers each bucket has. */
  buckets: readonly number[];
}

/** A picture as a PNG file. */
export interface Picture {
  width: number;
  height: number;
  png: Uint8Array;
}

/** One thing that TensorBoard shows. */
export type Value =
  & { tag: string }
  & (
    | { scalar: number }
    | { picture: Picture }
    | { histogram: Histogram }
    | { hparams: (content: PbfWriter) => void }
  );

/** What happened at one moment. */
export interface Event {
  /** Seconds since 1970. */
  time: number;
  step: number;
  values: readonly Value[];
}

const FLOAT = 1, RGB = 3;

/** The event that begins a file. */
export function fileVersion(time: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, time);
  pbf.writeStringField(3, "brain.Event:2");
  return pbf.finish();
}

/** The bytes of an event. */
export function encodeEvent({ time, step, values }: Event): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, time);
  pbf.writeVarintField(2, step);
  message(pbf, 5, (summary) => {
    for (const value of values) summary.writeMessage(1, writeValue, value);
  });
  return pbf.finish();
}

/** When an event was, its step, and the tags of its values. */
export function readEvent(bytes: Uint8Array): { time: number; step: number; tags: string[] } {
  const event = { time: 0, step: 0, tags: [] as string[] };
  const pbf = new PbfReader(bytes);
  pbf.readFields((field) => {
    if (field === 1) event.time = pbf.readDouble();
    else if (field === 2) event.step = pbf.readVarint();
    else if (field === 5) {
      pbf.readMessage((inSummary) => {
        if (inSummary !== 1) return;
        pbf.readMessage((inValue) => {
          if (inValue === 1) event.tags.push(pbf.readString());
        }, undefined);
      }, undefined);
    }
  }, undefined);
  return event;
}

function writeValue(value: Value, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.tag);
  if ("scalar" in value) pbf.writeFloatField(2, value.scalar);
  else if ("picture" in value) pbf.writeMessage(4, writePicture, value.picture);
  else if ("histogram" in value) pbf.writeMessage(5, writeHistogram, value.histogram);
  else {
    // The plugin reads the metadata alone, and wants a tensor beside it.
    message(pbf, 8, (tensor) => {
      tensor.writeVarintField(1, FLOAT);
      message(tensor, 2, (shape) => message(shape, 2, (axis) => axis.writeVarintField(1, 1)));
      tensor.writePackedFloat(5, [0]);
    });
    message(pbf, 9, (metadata) =>
      message(metadata, 1, (plugin) => {
        plugin.writeStringField(1, "hparams");
        message(plugin, 2, value.hparams);
      }));
  }
}

function writePicture({ width, height, png }: Picture, pbf: PbfWriter): void {
  pbf.writeVarintField(1, height);
  pbf.writeVarintField(2, width);
  pbf.writeVarintField(3, RGB);
  pbf.writeBytesField(4, png);
}

function writeHistogram(of: Histogram, pbf: PbfWriter): void {
  [of.min, of.max, of.count, of.sum, of.sumOfSquares]
    .forEach((number, i) => pbf.writeDoubleField(i + 1, number));
  pbf.writePackedDouble(6, [...of.limits]);
  pbf.writePackedDouble(7, [...of.buckets]);
}
