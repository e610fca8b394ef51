/**
 * Keys. A key press belongs to the input method while it is composing: Enter picks a word, Escape drops it, and
 * neither may save or close anything.
 */
import { useEffect, useRef, type KeyboardEvent as ReactKeyboardEvent } from "react";

type Press = Pick<KeyboardEvent, "isComposing" | "keyCode">;

/** WebKit ends a composition before the key that ended it and marks that key only by this code. */
const PROCESSED_BY_INPUT_METHOD = 229;

/** Whether an input method still owns this key press. */
export function composing(event: Press): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing newer tells these presses apart in WebKit
  return event.isComposing || event.keyCode === PROCESSED_BY_INPUT_METHOD;
}

/** A key handler for an element, silent while composing. */
export function settled<T>(handler: (event: ReactKeyboardEvent<T>) => void): (event: ReactKeyboardEvent<T>) => void {
  return (event) => {
    if (!composing(event.nativeEvent)) handler(event);
  };
}

/** Runs `action` on Enter, but not on the Enter that picks a word. */
export function onEnter<T>(action: () => void): (event: ReactKeyboardEvent<T>) => void {
  return settled((event) => {
    if (event.key === "Enter") action();
  });
}

/** `"Ctrl+S"`, `"Escape"`, `"Ctrl+Shift+K"`; Ctrl stands for Command on a Mac. */
export type Combination = string;

function matches(event: KeyboardEvent, combination: Combination): boolean {
  const parts = combination.toLowerCase().split("+");
  const key = parts.pop();
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === parts.includes("ctrl") &&
    event.shiftKey === parts.includes("shift") &&
    event.altKey === parts.includes("alt")
  );
}

/** Lists, calendars and dialogs that lie over the page; Escape closes the topmost of them and nothing below. */
const OVERLAYS = [
  ".ant-select-dropdown:not(.ant-select-dropdown-hidden)",
  ".ant-picker-dropdown:not(.ant-picker-dropdown-hidden)",
  ".ant-dropdown:not(.ant-dropdown-hidden)",
  ".ant-modal-wrap",
].join();

function overlaid(): boolean {
  return [...document.querySelectorAll<HTMLElement>(OVERLAYS)].some((element) => element.style.display !== "none");
}

/** Listens for a combination as long as the component is shown and `active` holds. */
export function useShortcut(combination: Combination, action: () => void, active = true): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!active) return;
    // Looked at before the overlay itself reacts: by the time the key comes back up, it has closed.
    let covered = false;
    const look = (event: KeyboardEvent) => {
      covered = event.key === "Escape" && overlaid();
    };
    const listen = (event: KeyboardEvent) => {
      if (composing(event) || event.defaultPrevented || covered || !matches(event, combination)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", look, true);
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", look, true);
      window.removeEventListener("keydown", listen);
    };
  }, [combination, active]);
}
