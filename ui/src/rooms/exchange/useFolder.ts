/** The folder last used for exchange, offered again. */
import { useState } from "react";

import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";

export interface LastFolder {
  dir: string;
  setDir: (dir: string) => void;
  /** Remembers the folder as the one last used. */
  keep: (dir: string) => Promise<void>;
}

export function useFolder(): LastFolder {
  const { data } = useLoad("settings", () => call("settings_get"));
  const [typed, setDir] = useState<string>();
  const keep = async (dir: string) => {
    const now = await call("settings_get");
    if (now.exchange_dir !== dir) await call("settings_set", { ...now, exchange_dir: dir });
  };
  return { dir: typed ?? data?.exchange_dir ?? "", setDir, keep: (dir) => keep(dir).catch(() => undefined) };
}
