/** Handing a bundle out. */
import { Alert, Button, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Exported, HeldState } from "../../generated/core";
import { forgetJob, JobPanel, startJob, useJob } from "../../jobs";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { PathField } from "../../parts/PathField";
import { nameOf } from "../../parts/paths";
import { call, desktop } from "../../platform/client";
import { sizeText } from "../../record/attachments";
import { useText } from "../../standard";
import { useFolder } from "./useFolder";

export const EXPORT_JOB = "export";

export function ExportPanel({ held }: { held: HeldState }) {
  const { t } = useTranslation();
  const say = useText();
  const { dir, setDir, keep } = useFolder();
  const [from, setFrom] = useState<number | null>(null);
  const job = useJob<Exported>(EXPORT_JOB);
  const begin = () => {
    const folder = dir.trim();
    startJob(EXPORT_JOB, async (name) => {
      const written = await call("bundle_export", { dir: folder, job: name, ...(from === null ? {} : { from: from - 1 }) });
      await keep(folder);
      return written;
    });
  };
  return (
    <section className="sheet more" aria-labelledby="export">
      <h2 id="export">{t("export.title", { superior: say(held.superior) })}</h2>
      <p className="quiet">{held.not_receipted > 0 ? t("export.what", { count: held.not_receipted }) : t("export.nothing")}</p>
      <div className="narrow">
        <label>
          <span className="quiet">{t("export.dir")}</span>
          <PathField kind="folder" request={{ title: t("export.dir") }} value={dir} onChange={setDir} />
        </label>
        <details className="resend">
          <summary>{t("export.resend")}</summary>
          <label>
            {t("export.from")}{" "}
            <InputNumber min={1} max={Math.max(1, held.size)} precision={0} value={from} onChange={setFrom} />
          </label>
        </details>
      </div>
      <div className="actions">
        <Button type="primary" size="large" disabled={dir.trim() === "" || job?.state === "running"} onClick={begin}>
          {t("export.go")}
        </Button>
      </div>
      {job?.state === "running" && <JobPanel kind={EXPORT_JOB} job={job} />}
      {job?.state === "failed" && <ErrorNotice error={job.error} />}
      {job?.state === "done" && job.result && <Written written={job.result} />}
    </section>
  );
}

function Written({ written }: { written: Exported }) {
  const { t } = useTranslation();
  const { path, bytes, start, end, blobs, sha256 } = written;
  return (
    <Alert
      className="written"
      type="success"
      showIcon
      closable={{ onClose: () => forgetJob(EXPORT_JOB) }}
      title={t("export.written", { file: nameOf(path), size: sizeText(bytes) })}
      description={
        <>
          <p className="plain-line">
            {end > start ? t("export.range", { from: start + 1, to: end, count: end - start, blobs }) : t("export.empty")}
          </p>
          <p className="plain-line">{t("export.next")}</p>
          <p className="plain-line quiet path">
            {path} <br />
            SHA-256 <span className="hash">{sha256}</span>
          </p>
          <Button size="small" onClick={() => void desktop.reveal(path)}>
            {t("parts.showFolder")}
          </Button>
        </>
      }
    />
  );
}
