/** A run that cannot go on: bad data, no adapter, a full disk. The command line prints the message and exits with 1. */
export class RunError extends Error {
  /** The class's name. */
  override name = "RunError";
}

/** A command used wrongly: an unknown flag, id or value. The command line prints the message and exits with 2. */
export class UsageError extends Error {
  /** The class's name. */
  override name = "UsageError";
}
