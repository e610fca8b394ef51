/** All drafts that wait, or those of one ledger. */
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { DraftList } from "./DraftList";

export function DraftsPage() {
  const { t } = useTranslation();
  const { query } = useRoute();
  const ledger = query.get("ledger");
  const { data, error, reload } = useLoad("drafts", () => call("drafts_list"));
  if (error !== undefined && !data) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  const drafts = data.filter((draft) => ledger === null || draft.ledger === ledger);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <Button type="link" size="small" href={address(["today"])}>
          {t("rooms.today.name")}
        </Button>
        <h1 id="room-name">{t("today.drafts", { count: drafts.length })}</h1>
      </div>
      <div className="sheet">
        {drafts.length === 0 ? (
          <div className="empty">{t("draft.none")}</div>
        ) : (
          <DraftList drafts={drafts} onChanged={reload} />
        )}
      </div>
    </section>
  );
}
