/** Which of the three the person sees: setting up, unlocking, or the rooms. */
import { Spin } from "antd";
import { useState } from "react";

import type { AppStatus } from "./generated/core";
import { Shell } from "./layout/Shell";
import { Palette } from "./palette/Palette";
import { ErrorNotice } from "./parts/ErrorNotice";
import { call } from "./platform/client";
import { useLoad } from "./platform/useLoad";
import { SessionProvider } from "./session/Session";
import { SessionWatch } from "./session/SessionWatch";
import { Threshold } from "./session/Threshold";
import { useOneLanguage } from "./session/useOneLanguage";
import { StandardProvider, useText } from "./standard";

export function App() {
  const loaded = useLoad("status", () => call("app_status"));
  // What an action of this window answered is newer than what was asked for at the start.
  const [told, setTold] = useState<AppStatus | null>(null);
  const [lockError, setLockError] = useState<unknown>();
  const say = useText();
  const status = told ?? loaded.data;
  useOneLanguage(status, setTold);
  const refresh = () => {
    void call("app_status").then(setTold);
  };
  if (!status) return loaded.error === undefined ? <Spin className="waiting" /> : <ErrorNotice error={loaded.error} />;
  if (status.phase !== "unlocked") return <Threshold status={status} onStatus={setTold} />;
  return (
    <SessionProvider status={status} refresh={refresh}>
      <SessionWatch lockAfterMinutes={status.lock_after_minutes} onStatus={setTold} />
      <StandardProvider>
        {lockError !== undefined && <ErrorNotice error={lockError} />}
        <Shell
          institution={say(status.institution?.name)}
          user={status.user?.display ?? ""}
          demo={status.demo}
          superior={status.institution !== null && status.institution.level !== "outlet"}
          onLock={() => void call("lock").then(setTold, setLockError)}
        />
        <Palette />
      </StandardProvider>
    </SessionProvider>
  );
}
