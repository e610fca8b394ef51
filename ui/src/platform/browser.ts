/**
 * A browser on the test host: the same UI on the same core over loopback. Paths are asked for with the browser's
 * own prompt, which a journey answers (`page.on("dialog")`); documents are announced as `safety:document` events.
 */
import type { Host, PathRequest } from "./wire";

function ask(request: PathRequest): string | null {
  const answer = window.prompt(request.title, request.suggested ?? "");
  return answer === null || answer.trim() === "" ? null : answer.trim();
}

function announce(action: "open" | "reveal", path: string): Promise<void> {
  window.dispatchEvent(new CustomEvent("safety:document", { detail: { action, path } }));
  return Promise.resolve();
}

export const browserHost: Host = {
  async call(name, args) {
    const response = await fetch(`/api/call/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw body;
    return body;
  },
  pickFile: (request) => Promise.resolve(ask(request)),
  pickFiles: (request) => {
    const answer = ask(request);
    return Promise.resolve(answer === null ? [] : answer.split("\n"));
  },
  pickFolder: (request) => Promise.resolve(ask(request)),
  pickSave: (request) => Promise.resolve(ask(request)),
  openDocument: (path) => announce("open", path),
  reveal: (path) => announce("reveal", path),
};
