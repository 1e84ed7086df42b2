/** Messages inside of messages. */
import type { PbfWriter } from "npm:pbf@5.1.2";

/** Writes a message as a field of another one. */
export function message(pbf: PbfWriter, field: number, write: (of: PbfWriter) => void): void {
  pbf.writeMessage(field, (_, of) => write(of), undefined);
}
