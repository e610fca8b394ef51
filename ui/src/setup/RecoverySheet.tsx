/** The recovery code, shown once: in groups, printable, and kept before anything else. */
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/ErrorNotice";
import { Groups } from "../parts/Groups";
import { call, desktop } from "../platform/client";

export function RecoverySheet({ code, onKept }: { code: string; onKept: () => void }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const [printed, setPrinted] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const print = async () => {
    setError(undefined);
    try {
      const path = await desktop.pickSave({
        title: t("recovery.printTo"),
        suggested: t("recovery.fileName"),
        kinds: [{ name: "PDF", extensions: ["pdf"] }],
      });
      if (path === null) return;
      setBusy(true);
      const written = await call("recovery_print", { code, path });
      setPrinted(written.path);
      await desktop.openDocument(written.path);
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{t("recovery.title")}</h1>
      <p>{t("recovery.what")}</p>
      <Groups code={code} label={t("recovery.title")} />
      <p className="quiet">{t("recovery.keep")}</p>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="actions">
        <Button size="large" loading={busy} onClick={() => void print()}>
          {t("recovery.print")}
        </Button>
        {printed !== null && <span className="state settled">{t("recovery.printed", { path: printed })}</span>}
      </div>
      <div className="kept">
        <Checkbox checked={kept} onChange={({ target }) => setKept(target.checked)}>
          {t("recovery.kept")}
        </Checkbox>
      </div>
      <div className="actions">
        <Button type="primary" size="large" disabled={!kept} onClick={onKept}>
          {t("recovery.goOn")}
        </Button>
      </div>
    </>
  );
}
