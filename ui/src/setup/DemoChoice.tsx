/** A demo world to look at: as the superior, or as one of its outlets. */
import { Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AppStatus, SetupDemoDone } from "../generated/core";
import { currentLanguage } from "../i18n";
import { forgetJob, JobPanel, startJob, useJob } from "../jobs";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";

const KIND = "demo";

export function DemoChoice({ onBack, onStatus }: { onBack: () => void; onStatus: (status: AppStatus) => void }) {
  const { t } = useTranslation();
  const [superior, setSuperior] = useState(false);
  const [error, setError] = useState<unknown>();
  const job = useJob<SetupDemoDone>(KIND);
  const begin = () => {
    const lang = currentLanguage() === "en" ? "en" : "zh";
    startJob(KIND, (name) => call("setup_demo", { lang, superior, job: name }));
  };
  const enter = async ({ user, password }: SetupDemoDone) => {
    setError(undefined);
    try {
      const status = await call("app_status");
      onStatus(status.phase === "unlocked" ? status : await call("unlock", { user, password }));
      forgetJob(KIND);
    } catch (raw) {
      setError(raw);
    }
  };
  const done = job?.state === "done" ? job.result : undefined;
  return (
    <>
      <h1>{t("demo.title")}</h1>
      <p>{t("demo.what")}</p>
      {error !== undefined && <ErrorNotice error={error} />}
      {job?.state === "failed" && <ErrorNotice error={job.error} />}
      {job?.state === "running" && <JobPanel kind={KIND} job={job} />}
      {done ? (
        <>
          <p>{t("demo.login")}</p>
          <dl className="particulars">
            <dt>{t("unlock.user")}</dt>
            <dd>{done.user}</dd>
            <dt>{t("unlock.password")}</dt>
            <dd>{done.password}</dd>
          </dl>
          <div className="actions">
            <Button type="primary" size="large" autoFocus onClick={() => void enter(done)}>
              {t("demo.enter")}
            </Button>
          </div>
        </>
      ) : (
        job?.state !== "running" && (
          <>
            <Radio.Group
              className="column-choice"
              value={superior}
              onChange={(event) => setSuperior(event.target.value === true)}
              options={[
                { value: false, label: t("demo.asOutlet") },
                { value: true, label: t("demo.asSuperior") },
              ]}
            />
            <div className="actions">
              <Button type="primary" size="large" autoFocus onClick={begin}>
                {t("demo.begin")}
              </Button>
              <Button size="large" onClick={onBack}>
                {t("setup.back")}
              </Button>
            </div>
          </>
        )
      )}
    </>
  );
}
