/** The desktop window. The only file that knows Tauri, so that the shell stays replaceable. */
import { invoke } from "@tauri-apps/api/core";
import { open, save, type DialogFilter } from "@tauri-apps/plugin-dialog";
import { openPath, revealItemInDir } from "@tauri-apps/plugin-opener";

import type { Host, PathRequest } from "./wire";

function options(request: PathRequest): { title: string; filters?: DialogFilter[]; defaultPath?: string } {
  return {
    title: request.title,
    ...(request.kinds ? { filters: request.kinds } : {}),
    ...(request.suggested ? { defaultPath: request.suggested } : {}),
  };
}

export const tauriHost: Host = {
  call: (name, args) => invoke("call", { name, args }),
  pickFile: (request) => open({ ...options(request), multiple: false, directory: false }),
  pickFiles: async (request) => (await open({ ...options(request), multiple: true, directory: false })) ?? [],
  pickFolder: (request) => open({ ...options(request), multiple: false, directory: true }),
  pickSave: (request) => save(options(request)),
  openDocument: (path) => openPath(path),
  reveal: (path) => revealItemInDir(path),
};
