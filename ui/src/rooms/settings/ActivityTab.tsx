/** Who did what on this PC, newest first. */
import { Button, Spin, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ActivityRow } from "../../generated/core";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime } from "../../record";

const SIZE = 50;

export function ActivityTab() {
  const { t, i18n } = useTranslation();
  const [offset, setOffset] = useState(0);
  const { data, error } = useLoad(`activity ${offset}`, () => call("activity_list", { offset, limit: SIZE }));
  const action = (code: string) => {
    const key = `settings.actions.${code}`;
    return i18n.exists(key) ? t(key) : code;
  };
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("settings.tabs.activity")}</h1>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {data === undefined && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <Table<ActivityRow>
            size="small"
            rowKey={({ at, subject, action: code }) => `${at} ${code} ${subject}`}
            pagination={false}
            dataSource={data}
            columns={[
              { title: t("settings.activity.at"), width: 170, render: (_, { at }) => shownTime(at) },
              { title: t("settings.activity.user"), width: 160, dataIndex: "user" },
              { title: t("settings.activity.action"), width: 220, render: (_, row) => action(row.action) },
              { title: t("settings.activity.subject"), render: (_, { subject }) => <span className="quiet">{subject}</span> },
            ]}
          />
          <div className="actions">
            <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - SIZE))}>
              {t("settings.activity.newer")}
            </Button>
            <Button disabled={data.length < SIZE} onClick={() => setOffset(offset + SIZE)}>
              {t("settings.activity.older")}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
