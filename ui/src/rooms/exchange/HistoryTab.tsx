/** What was exchanged, newest first. */
import { Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ExchangeEvent } from "../../generated/core";
import { useErrorText } from "../../i18n/errors";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime } from "../../record";
import { sizeText } from "../../record/attachments";
import { useText } from "../../standard";
import { useInstitutions } from "../useInstitutions";
import { outcomeFields } from "./outcomes";

const STEP = 100;

export function HistoryTab() {
  const { t, i18n } = useTranslation();
  const say = useText();
  const errorText = useErrorText();
  const [limit, setLimit] = useState(STEP);
  const { data, error, loading } = useLoad(String(limit), () => call("exchange_history", { offset: 0, limit }));
  const names = new Map(useInstitutions().map(({ code, name }) => [code, say(name)]));
  const kindOf = (kind: string) => {
    const key = `history_.kinds.${kind}`;
    return i18n.exists(key) ? t(key) : kind;
  };
  const status = useLoad("status", () => call("exchange_status"));
  const superior = say(status.data?.up.superior);
  const nameOf = (code: string) => names.get(code) ?? (superior === "" ? code : superior);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("history_.title")}</h1>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="sheet">
        <Table<ExchangeEvent & { key: number }>
          size="small"
          dataSource={(data ?? []).map((event, key) => ({ ...event, key }))}
          loading={{ spinning: loading, delay: 250 }}
          pagination={false}
          tableLayout="fixed"
          locale={{ emptyText: <div className="empty">{t("history_.empty")}</div> }}
          columns={[
            { title: t("history_.at"), width: 146, render: (_, { at }) => shownTime(at) },
            {
              title: t("history_.kind"),
              width: 110,
              render: (_, { kind, code }) => <span className={code === null ? "" : "state bad"}>{kindOf(kind)}</span>,
            },
            {
              title: t("history_.institution"),
              width: 170,
              ellipsis: true,
              render: (_, { institution }) => (institution === "" ? "" : nameOf(institution)),
            },
            {
              title: t("history_.range"),
              width: 120,
              render: (_, { start, end }) => (end > start ? t("history_.fromTo", { from: start + 1, to: end }) : ""),
            },
            { title: t("history_.size"), width: 90, align: "right", render: (_, { bytes }) => (bytes > 0 ? sizeText(bytes) : "") },
            {
              title: t("history_.file"),
              render: (_, event) => (
                <>
                  <div className="path" title={event.sha256}>
                    {event.file}
                  </div>
                  {event.code !== null && (
                    <div className="quiet">
                      {errorText({ code: event.code, fields: outcomeFields(event), next: `errors.${event.code}.next` }).text}
                    </div>
                  )}
                </>
              ),
            },
          ]}
        />
        {data && data.length === limit && (
          <div className="actions">
            <Button onClick={() => setLimit(limit + STEP)}>{t("parts.more")}</Button>
          </div>
        )}
      </div>
    </section>
  );
}
