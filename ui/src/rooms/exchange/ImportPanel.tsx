/** Taking in bundles or replies: a file, or all of a folder; what became of each in words. */
import { Button, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Imported, ImportOutcome } from "../../generated/core";
import { useErrorText } from "../../i18n/errors";
import { forgetJob, JobPanel, startJob, useJob } from "../../jobs";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { PathField } from "../../parts/PathField";
import { nameOf } from "../../parts/paths";
import { call, desktop } from "../../platform/client";
import { useText } from "../../standard";
import { EXPORT_JOB } from "./ExportPanel";
import { outcomeFields, outcomeSign } from "./outcomes";
import { useFolder } from "./useFolder";

export const IMPORT_JOB = "import";

export function ImportPanel({ superior }: { superior: boolean }) {
  const { t } = useTranslation();
  const { dir, keep } = useFolder();
  const [path, setPath] = useState("");
  const [reply, setReply] = useState("");
  const job = useJob<Imported>(IMPORT_JOB);
  const suggested = dir === "" ? {} : { suggested: dir };
  const pickFile = async () => {
    const kinds = [{ name: t("import.kind"), extensions: ["osbundle"] }];
    const picked = await desktop.pickFile({ title: t("import.file"), kinds, ...suggested });
    if (picked !== null) setPath(picked);
  };
  const pickFolder = async () => {
    const picked = await desktop.pickFolder({ title: t("import.folder"), ...suggested });
    if (picked !== null) setPath(picked);
  };
  const begin = () => {
    const from = path.trim();
    const replyDir = reply.trim();
    startJob(IMPORT_JOB, async (name) => {
      const done = await call("bundle_import", { path: from, job: name, ...(replyDir === "" ? {} : { reply_dir: replyDir }) });
      if (!from.endsWith(".osbundle")) await keep(from);
      // What the last export said about its bundle is no longer true once a receipt is here.
      if (done.outcomes.some(({ outcome }) => outcome === "receipts")) forgetJob(EXPORT_JOB);
      return done;
    });
  };
  return (
    <section className="sheet more" aria-labelledby="import">
      <h2 id="import">{t(superior ? "import.titleSuperior" : "import.title")}</h2>
      <p className="quiet">{t(superior ? "import.whatSuperior" : "import.what")}</p>
      <div className="narrow">
        <label>
          <span className="quiet">{t("import.path")}</span>
          <Space.Compact block>
            <Input value={path} onChange={(event) => setPath(event.target.value)} />
            <Button onClick={() => void pickFile()}>{t("import.pickFile")}</Button>
            <Button onClick={() => void pickFolder()}>{t("import.pickFolder")}</Button>
          </Space.Compact>
        </label>
        {superior && (
          <details className="resend">
            <summary>{t("import.replyElsewhere")}</summary>
            <PathField kind="folder" request={{ title: t("import.replyDir") }} value={reply} onChange={setReply} />
          </details>
        )}
      </div>
      <div className="actions">
        <Button type={superior ? "primary" : "default"} size="large" disabled={path.trim() === "" || job?.state === "running"} onClick={begin}>
          {t("import.go")}
        </Button>
      </div>
      {job?.state === "running" && <JobPanel kind={IMPORT_JOB} job={job} />}
      {job?.state === "failed" && <ErrorNotice error={job.error} />}
      {job?.state === "done" && job.result && <Outcomes done={job.result} />}
    </section>
  );
}

function Outcomes({ done }: { done: Imported }) {
  const { t } = useTranslation();
  const counts = new Map<string, number>();
  for (const { outcome } of done.outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return (
    <div className="outcomes" role="status">
      <div className="coverage">
        <strong>{t("import.done", { count: done.outcomes.length })}</strong>
        {[...counts].map(([outcome, count]) => (
          <span key={outcome} className={outcomeSign(outcome)}>
            {t(`import.counts.${outcome}`, { count })}
          </span>
        ))}
        <span className="spacer" />
        <Button size="small" onClick={() => forgetJob(IMPORT_JOB)}>
          {t("form.close")}
        </Button>
      </div>
      {done.outcomes.map((outcome, at) => (
        <Outcome key={`${outcome.path}${at}`} outcome={outcome} />
      ))}
      {done.replies.length > 0 && (
        <div className="outcome">
          <p className="plain-line">{t("import.replies", { count: done.replies.length })}</p>
          {done.replies.map((path) => (
            <p key={path} className="plain-line path" data-reply={path}>
              {path}{" "}
              <Button size="small" type="link" onClick={() => void desktop.reveal(path)}>
                {t("parts.showFolder")}
              </Button>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

function Outcome({ outcome }: { outcome: ImportOutcome }) {
  const { t } = useTranslation();
  const say = useText();
  const errorText = useErrorText();
  const { path, outcome: kind, code, next, name, institution, new_entries, held } = outcome;
  const who = say(name) || institution || t("import.somebody");
  const error = code === null ? null : errorText({ code, fields: outcomeFields(outcome), next: next ?? `errors.${code}.next` });
  return (
    <div className="outcome" data-outcome={kind}>
      <span className={outcomeSign(kind)}>{t(`import.outcomes.${kind}`, { who, count: new_entries, held })}</span>{" "}
      <span className="quiet">{nameOf(path)}</span>
      {error && (
        <p className="plain-line">
          {error.text} {error.next}
        </p>
      )}
    </div>
  );
}
