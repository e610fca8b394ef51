/** The content of one open form. Changes are functions, so that a file brought in late does not undo what was typed. */
import { useSyncExternalStore } from "react";

import type { Content } from "./model";

export class FormStore {
  #content: Content;
  readonly #listeners = new Set<() => void>();
  readonly #changed: (content: Content) => void;

  constructor(content: Content, changed: (content: Content) => void) {
    this.#content = content;
    this.#changed = changed;
  }

  get content(): Content {
    return this.#content;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Content => this.#content;

  /** A change by the person: shown at once, kept as a draft. */
  edit(change: (content: Content) => Content): void {
    this.#content = change(this.#content);
    this.#changed(this.#content);
    for (const listener of this.#listeners) listener();
  }

  /** Starts over from something kept elsewhere (a draft); that is no change to keep again. */
  restart(content: Content): void {
    this.#content = content;
    for (const listener of this.#listeners) listener();
  }

  setField(id: string, value: unknown): void {
    this.edit((content) => ({ ...content, fields: { ...content.fields, [id]: value } }));
  }
}

export function useContent(store: FormStore): Content {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
