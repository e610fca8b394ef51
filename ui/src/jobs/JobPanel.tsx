/** A running job: the step in words, a count, and a way to stop it. */
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";

import { cancelJob, type Job } from "./jobs";

export function JobPanel({ kind, job }: { kind: string; job: Job<unknown> }) {
  const { t, i18n } = useTranslation();
  const { progress, cancelling } = job;
  const known = progress?.total != null && progress.total > 0;
  const step = `job.steps.${progress?.step ?? ""}`;
  const percent = known && progress.total ? Math.min(100, Math.round((progress.done / progress.total) * 100)) : 0;
  return (
    <div className="job" role="status">
      <div className="job-line">
        <span>{cancelling ? t("job.cancelling") : i18n.exists(step) ? t(step) : t("job.working")}</span>
        <span className="quiet">{known ? t("job.count", { done: progress.done, total: progress.total ?? 0 }) : null}</span>
        <Button size="small" disabled={cancelling} onClick={() => cancelJob(kind)}>
          {t("job.cancel")}
        </Button>
      </div>
      <Progress percent={percent} showInfo={false} status={known ? "normal" : "active"} size="small" />
      <div className="quiet">{t("job.goesOn")}</div>
    </div>
  );
}
