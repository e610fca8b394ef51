/** What antd expects of a browser and jsdom lacks. */
import "@testing-library/jest-dom/vitest";
import "../i18n";

import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

window.ResizeObserver = NoResize;
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// Screens answer late on a machine that builds at the same time.
configure({ asyncUtilTimeout: 15_000 });

Element.prototype.scrollIntoView = () => undefined;

afterEach(cleanup);
