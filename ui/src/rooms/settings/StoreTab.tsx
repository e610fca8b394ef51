/** The account's file: copies of it, and proof that nothing in it was changed behind the program's back. */
import { Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { VerifyReport, WrittenFile } from "../../generated/core";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call, desktop } from "../../platform/client";
import { useSession } from "../../session/Session";

export function StoreTab() {
  const { t } = useTranslation();
  const { status, user } = useSession();
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("settings.tabs.store")}</h1>
      </div>
      <p className="quiet">{t("settings.store.where", { path: status.store })}</p>
      {user.role === "head" && (
        <div className="sheet more">
          <h2>{t("settings.store.backup")}</h2>
          <p>{t("settings.store.backupWhat")}</p>
          <Backup />
        </div>
      )}
      <div className="sheet more">
        <h2>{t("settings.store.recovery")}</h2>
        <p>{t("settings.store.recoveryWhat")}</p>
      </div>
      <div className="sheet more">
        <h2>{t("settings.store.verify")}</h2>
        <p>{t("settings.store.verifyWhat")}</p>
        <Verify />
      </div>
    </section>
  );
}

function Backup() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<WrittenFile>();
  const [error, setError] = useState<unknown>();
  const copy = async () => {
    setError(undefined);
    setFile(undefined);
    try {
      const dir = await desktop.pickFolder({ title: t("settings.store.backup") });
      if (dir === null) return;
      setBusy(true);
      setFile(await call("backup", { dir }));
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => void copy()} loading={busy}>
        {t("settings.store.backupNow")}
      </Button>
      {file && (
        <p className="state settled" role="status">
          {t("settings.store.backupDone", { path: file.path, kib: Math.ceil(file.bytes / 1024) })}
        </p>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}

function Verify() {
  const { t, i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<VerifyReport>();
  const [error, setError] = useState<unknown>();
  const verify = async () => {
    setBusy(true);
    setError(undefined);
    setReport(undefined);
    try {
      setReport(await call("verify"));
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => void verify()} loading={busy}>
        {t("settings.store.verifyNow")}
      </Button>
      {busy && <Spin />}
      {error !== undefined && <ErrorNotice error={error} />}
      {report && report.differences.length === 0 && (
        <p className="state settled" role="status">
          {t("settings.store.verified")}
        </p>
      )}
      {report && report.differences.length > 0 && (
        <ol role="alert">
          {report.differences.map(({ code, fields }, at) => {
            const key = `settings.differences.${code}`;
            return <li key={at}>{i18n.exists(key) ? t(key, fields) : `${code} ${Object.values(fields).join(" ")}`}</li>;
          })}
        </ol>
      )}
      {report && (
        <ul>
          {report.logs.map(({ origin, size, receipted }) => (
            <li key={origin}>{t("settings.store.log", { origin, size, receipted })}</li>
          ))}
        </ul>
      )}
    </>
  );
}
