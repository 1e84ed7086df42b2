/** A place on a map, in device pixels. */
type Place = [number, number];

/** Asks what is at places, one question at a time: an answer may take longer than the pointer's next move. */
export class Pointing {
  readonly #ask: (place: Place) => void;
  #asked = false;
  /** Where the pointer is since. */
  #next: Place | undefined;

  /** `ask` sends a question. */
  constructor(ask: (place: Place) => void) {
    this.#ask = ask;
  }

  /** The pointer is here. */
  at(place: Place): void {
    if (this.#asked) this.#next = place;
    else {
      this.#asked = true;
      this.#ask(place);
    }
  }

  /** The pointer is nowhere. */
  leave(): void {
    this.#next = undefined;
  }

  /** A question is answered. */
  told(): void {
    const next = this.#next;
    this.begin();
    if (next) this.at(next);
  }

  /** Nothing is asked. */
  begin(): void {
    this.#asked = false;
    this.#next = undefined;
  }
}
