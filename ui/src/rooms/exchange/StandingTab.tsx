/** How far the superior holds this account, and the two things to do: hand out a bundle, take one in. */
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { ExchangeStatus, Exported, Imported } from "../../generated/core";
import { useJob } from "../../jobs";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime } from "../../record";
import { useSession } from "../../session/Session";
import { useText } from "../../standard";
import { ExportPanel, EXPORT_JOB } from "./ExportPanel";
import { ImportPanel, IMPORT_JOB } from "./ImportPanel";

export function StandingTab() {
  const { t } = useTranslation();
  const { superior } = useSession();
  const exporting = useJob<Exported>(EXPORT_JOB);
  const importing = useJob<Imported>(IMPORT_JOB);
  // What a job changed is read again when it has ended, whether this page was open meanwhile or not.
  const turn = [exporting, importing].map((job) => `${job?.name ?? ""}${job?.state ?? ""}`).join(" ");
  const { data, error } = useLoad(turn, () => call("exchange_status"));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("rooms.exchange.name")}</h1>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (
        <>
          <Held status={data} />
          {superior && <ImportPanel superior />}
          {data.up.enrolled && <ExportPanel held={data.up} />}
          {!superior && <ImportPanel superior={false} />}
        </>
      )}
    </section>
  );
}

function Held({ status }: { status: ExchangeStatus }) {
  const { t } = useTranslation();
  const say = useText();
  const { institution } = useSession();
  const { up } = status;
  if (!up.enrolled) {
    if (institution.level === "head_office") return null;
    return (
      <div className="sheet">
        <p className="standing">{t(status.request_pending ? "held.pending" : "held.notEnrolled", { size: up.size })}</p>
        <Button type="primary" href={address(["exchange", "enrol"])}>
          {t(status.request_pending ? "held.toApproval" : "held.toEnrol")}
        </Button>
      </div>
    );
  }
  const waiting = Math.max(0, Math.min(up.bundled, up.size) - up.receipted);
  const saved = up.not_receipted - waiting;
  return (
    <div className="sheet">
      <p className="standing" data-receipted={up.receipted} data-waiting={up.not_receipted}>
        {up.receipted > 0
          ? t("held.upTo", { superior: say(up.superior), count: up.receipted, time: shownTime(up.receipt_time) })
          : t("held.none", { superior: say(up.superior) })}{" "}
        <span className={up.not_receipted > 0 ? "state open" : "state settled"}>
          {up.not_receipted > 0 ? t("held.missing", { count: up.not_receipted }) : t("held.all")}
        </span>
      </p>
      <ul className="plain states-list">
        <li>
          {t("held.saved", { count: saved })}
        </li>
        <li>
          {t("held.bundled", { count: waiting })}
        </li>
        <li>
          {t("held.receipted", { count: up.receipted })}
        </li>
      </ul>
    </div>
  );
}
