/** The standard in force: what it demands, and where each rule comes from. A file of another can be checked. */
import { Button, Select, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Duty, Fault, StandardCheck } from "../../generated/core";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call, desktop } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { useStandard, useText } from "../../standard";

export function StandardTab() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { data } = useLoad("standards", () => call("standards_list"));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{say(standard.title)}</h1>
        <span className="quiet">
          {standard.id}@{standard.version} · {t("settings.standard.from", { date: standard.effective_from })}
        </span>
      </div>
      <p className="quiet">{say(standard.issuer)}</p>
      {data && data.length > 1 && (
        <ul>
          {data.map(({ reference, title, effective_from, in_force }) => (
            <li key={reference}>
              {reference} {say(title)} · {t("settings.standard.from", { date: effective_from })}{" "}
              {in_force && <Tag>{t("settings.standard.inForce")}</Tag>}
            </li>
          ))}
        </ul>
      )}
      <div className="sheet more">
        <h2>{t("settings.standard.duties", { count: standard.duties.length })}</h2>
        <Duties />
      </div>
      <div className="sheet more">
        <h2>{t("settings.standard.calendar")}</h2>
        <CalendarTable />
      </div>
      <div className="sheet more">
        <h2>{t("settings.standard.check")}</h2>
        <p className="quiet">{t("settings.standard.checkWhat")}</p>
        <Check />
      </div>
    </section>
  );
}

function Duties() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const [post, setPost] = useState<string>();
  const shown = standard.duties.filter(({ posts }) => post === undefined || posts.includes(post));
  const title = (id: string) => say(standard.posts.find((known) => known.id === id)?.title ?? { zh: id, en: id });
  const ledger = (id: string) => say(standard.ledgers.find((known) => known.id === id)?.title ?? { zh: id, en: id });
  return (
    <>
      <Select
        allowClear
        className="filter-wide above-table"
        placeholder={t("settings.standard.anyPost")}
        aria-label={t("settings.standard.anyPost")}
        {...(post === undefined ? {} : { value: post })}
        onChange={(value: string | undefined) => setPost(value)}
        options={standard.posts.map(({ id, title: words }) => ({ value: id, label: `${id} ${say(words)}` }))}
      />
      <Table<Duty>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={shown}
        columns={[
          { title: t("settings.standard.duty"), render: (_, { id, title: words }) => `${id} ${say(words)}` },
          { title: t("settings.standard.posts"), render: (_, { posts }) => (posts.length > 6 ? t("settings.standard.allPosts") : posts.map(title).join(t("settings.separator"))) },
          { title: t("settings.standard.evidence"), width: 180, render: (_, { evidence }) => ledger(evidence.ledger) },
          { title: t("settings.standard.grace"), width: 90, align: "right", render: (_, { grace_days }) => grace_days },
          {
            title: t("settings.standard.basis"),
            width: 300,
            render: (_, { basis }) => (
              <>
                <Tag>{t(`settings.certainty.${basis.certainty}`)}</Tag> <span className="quiet">{say(basis.source)}</span>
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function CalendarTable() {
  const { t } = useTranslation();
  const say = useText();
  const { calendar } = useStandard();
  return (
    <Table
      size="small"
      rowKey="year"
      pagination={false}
      dataSource={calendar.years}
      columns={[
        { title: t("settings.standard.year"), width: 90, dataIndex: "year" },
        {
          title: t("settings.standard.holidays"),
          render: (_, { holidays }) => holidays.map(({ name, from, until }) => `${say(name)} ${from.slice(5)}–${until.slice(5)}`).join(t("settings.separator")),
        },
        {
          title: t("settings.standard.workingWeekends"),
          width: 300,
          render: (_, { working_weekends }) => working_weekends.map((day) => day.slice(5)).join(t("settings.separator")),
        },
        {
          title: "",
          width: 110,
          render: (_, { confirmed }) => <Tag>{t(confirmed ? "settings.standard.confirmed" : "settings.standard.draft")}</Tag>,
        },
      ]}
    />
  );
}

function Check() {
  const { t } = useTranslation();
  const [checked, setChecked] = useState<StandardCheck>();
  const [error, setError] = useState<unknown>();
  const check = async (pick: typeof desktop.pickFile) => {
    setError(undefined);
    setChecked(undefined);
    try {
      const path = await pick({ title: t("settings.standard.check") });
      if (path !== null) setChecked(await call("standard_check", { path }));
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <>
      <div className="actions">
        <Button onClick={() => void check(desktop.pickFolder)}>{t("settings.standard.pickFolder")}</Button>
        <Button onClick={() => void check(desktop.pickFile)}>{t("settings.standard.pickFile")}</Button>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {checked && checked.faults.length === 0 && (
        <p className="state settled" role="status">
          {t("settings.standard.sound", { reference: checked.reference ?? "" })}
        </p>
      )}
      {checked && checked.faults.length > 0 && <Faults faults={checked.faults} />}
    </>
  );
}

function Faults({ faults }: { faults: Fault[] }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p className="state late" role="alert">
        {t("settings.standard.faults", { count: faults.length })}
      </p>
      <ol>
        {faults.map(({ path, code, fields }, at) => {
          const key = `errors.${code}`;
          return (
            <li key={at}>
              <code>{path}</code> {i18n.exists(`${key}.text`) ? t(`${key}.text`, fields) : code}{" "}
              {i18n.exists(`${key}.next`) && <span className="quiet">{t(`${key}.next`, fields)}</span>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
