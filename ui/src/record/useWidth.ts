/** How wide a list may be, as its window is resized. */
import { useCallback, useState } from "react";

/** What a list has in a 1366-pixel window, until it is measured. */
const USUAL = 1136;

/** A ref for the element, and its width in pixels. */
export function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(USUAL);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
}
