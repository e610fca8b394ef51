/**
 * Keeps a draft: saved a moment after each change, at once when a field is left or the form closes, one save at a
 * time. The first save makes the draft; without waiting for it, quick typing would make several.
 */
export interface DraftWriter<C> {
  /** Writes the content; without an identifier it makes a new draft. Returns its identifier and time. */
  save: (id: string | undefined, content: C) => Promise<{ id: string; updated: string }>;
  /** Told after each save, and when one fails. */
  told: (state: DraftState) => void;
}

export type DraftState =
  | { kind: "none" }
  | { kind: "pending" }
  | { kind: "saved"; at: string }
  | { kind: "failed"; error: unknown };

/** Milliseconds of rest after which a change is saved. */
export const DRAFT_REST = 400;

export class DraftKeeper<C> {
  #id: string | undefined;
  #waiting: { content: C } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  readonly #writer: DraftWriter<C>;

  constructor(writer: DraftWriter<C>, id?: string) {
    this.#writer = writer;
    this.#id = id;
  }

  /** The draft, once there is one. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Goes on with a draft that waited; what was typed here before stays a draft of its own. */
  continue(id: string): void {
    void this.flush().then(() => {
      this.#id = id;
    });
  }

  /** Something was typed. */
  change(content: C): void {
    if (this.#closed) return;
    this.#waiting = { content };
    this.#writer.told({ kind: "pending" });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DRAFT_REST);
  }

  /** Saves what waits, after whatever is being saved; resolves when nothing is under way. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#write());
    return this.#running;
  }

  #pending(): boolean {
    return this.#waiting !== undefined;
  }

  async #write(): Promise<void> {
    const next = this.#waiting;
    if (!next) return;
    this.#waiting = undefined;
    try {
      const { id, updated } = await this.#writer.save(this.#id, next.content);
      this.#id = id;
      if (!this.#pending()) this.#writer.told({ kind: "saved", at: updated });
    } catch (error) {
      // Kept for the next attempt, unless something newer has been typed meanwhile.
      this.#waiting ??= next;
      this.#writer.told({ kind: "failed", error });
    }
  }

  /** Nothing more is to be written: the record was saved or the draft thrown away. */
  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
  }

  /** Goes on after a refused save. */
  reopen(): void {
    this.#closed = false;
  }
}
