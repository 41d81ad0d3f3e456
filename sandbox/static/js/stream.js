// Listens to the sandbox's events and hands each to whoever asked for its kind; comes back after a break.

const KINDS = [
  "message",
  "edited",
  "deleted",
  "pins",
  "read",
  "keyboard",
  "typing",
  "tap",
  "chat",
  "person",
  "call",
  "clock",
  "faults",
  "reload",
];

export class Stream extends EventTarget {
  #source = null;
  #broken = false;

  /** Open the stream; the browser itself reconnects with the last event's id. */
  open() {
    this.#source = new EventSource("/sim/events");
    for (const kind of KINDS) {
      this.#source.addEventListener(kind, (event) => this.#tell(kind, JSON.parse(event.data)));
    }
    this.#source.onopen = () => {
      if (this.#broken) this.#tell("back", {});
      this.#broken = false;
    };
    this.#source.onerror = () => {
      if (!this.#broken) this.#tell("broken", {});
      this.#broken = true;
      if (this.#source.readyState === EventSource.CLOSED) setTimeout(() => this.open(), 1000);
    };
  }

  /** Call `work(data)` for each event of the kind until `signal` aborts. */
  on(kind, work, signal) {
    this.addEventListener(kind, (event) => work(event.detail), { signal });
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
