/** Letters of the year: who has signed and who has not, printing, and recording signatures. */
import { Button, InputNumber, Spin, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { LetterPlan, LetterPlanRow, LettersPrinted } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { forgetJob, JobPanel, useJob } from "../../jobs";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { InstitutionSelect } from "../../parts/InstitutionSelect";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { wallClock } from "../../record";
import { useNow, useSession } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { useInstitutions } from "../useInstitutions";
import { LetterPrintPanel, LETTERS_JOB } from "./LetterPrintPanel";
import { letterSign, printable, signClass, unsignedFirst, waitsForSignature } from "./letterWords";
import { PrintedLetters } from "./PrintedLetters";
import { SignedDialog } from "./SignedDialog";
import { systemLedger } from "./systemLedger";

export function LettersTab() {
  const { t } = useTranslation();
  const { query } = useRoute();
  const { institution: own } = useSession();
  const institutions = useInstitutions();
  const thisYear = Number(wallClock(useNow()).slice(0, 4));
  const given = Number(query.get("year"));
  const year = Number.isInteger(given) && given > 1999 ? given : thisYear;
  const code = query.get("institution") ?? own.code;
  const asked = { year, institution: code };
  const plan = useLoad(JSON.stringify(asked), () => call("letters_plan", asked));
  const show = (change: Record<string, string>) =>
    go(["responsibility", "letters"], {
      ...(code === own.code ? {} : { institution: code }),
      ...(year === thisYear ? {} : { year: String(year) }),
      ...change,
    });
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("letters.title", { year })}</h1>
        <InstitutionSelect institutions={institutions} value={code} onChange={(next) => show({ institution: next })} />
        <span className="quiet">{t("letters.year")}</span>
        <InputNumber
          aria-label={t("letters.year")}
          className="year"
          min={2000}
          max={2100}
          value={year}
          onChange={(next) => {
            if (next !== null) show({ year: String(next) });
          }}
        />
      </div>
      {plan.error !== undefined && <ErrorNotice error={plan.error} />}
      {!plan.data && plan.error === undefined && <Spin className="waiting" />}
      {plan.data && <Plan key={`${code} ${year}`} plan={plan.data} onChanged={plan.reload} />}
    </section>
  );
}

function Plan({ plan, onChanged }: { plan: LetterPlan; onChanged: () => void }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [printing, setPrinting] = useState(false);
  const [signing, setSigning] = useState<LetterPlanRow | null>(null);
  const job = useJob<LettersPrinted>(LETTERS_JOB);
  const letters = systemLedger(standard, "letter");
  const rows = unsignedFirst(plan.rows);
  const open = rows.filter(printable);
  const without = rows.filter((row) => row.state === "missing" && row.party_a === null);

  const columns: TableColumnsType<LetterPlanRow> = [
    { title: t("letters.name"), width: 130, ellipsis: true, render: (_, row) => row.name },
    { title: t("letters.post"), width: 160, ellipsis: true, render: (_, row) => say(row.post_title) },
    {
      title: t("letters.partyA"),
      ellipsis: true,
      render: (_, row) =>
        row.party_a === null ? (
          <span className="state bad">{t("letters.noPartyA", { post: say(row.party_a_post) || t("letters.above") })}</span>
        ) : (
          `${row.party_a} · ${say(row.party_a_post)}`
        ),
    },
    { title: t("letters.due"), width: 110, render: (_, row) => row.due },
    {
      title: t("letters.state"),
      width: 172,
      render: (_, row) => {
        const sign = letterSign(row);
        return <span className={signClass[sign]}>{t(`letters.states.${sign}`, { day: row.signed ?? "" })}</span>;
      },
    },
    {
      title: t("letters.number"),
      width: 156,
      ellipsis: true,
      render: (_, row) =>
        row.letter && letters ? <a href={address(["responsibility", letters.id, row.letter])}>{row.number ?? t("letters.open")}</a> : "",
    },
    {
      key: "act",
      width: 110,
      align: "right",
      render: (_, row) =>
        waitsForSignature(row) && (
          <Button size="small" onClick={() => setSigning(row)}>
            {t("letters.sign")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <div className="sheet">
        <div className="coverage">
          <span>
            <span className="figure">{t("letters.coverage", { signed: plan.signed, wanted: plan.wanted })}</span>{" "}
            <span className={plan.signed < plan.wanted ? "state open" : "state settled"}>
              {plan.signed < plan.wanted ? t("letters.unsigned", { count: plan.wanted - plan.signed }) : t("letters.complete")}
            </span>
          </span>
          <span className="spacer" />
          {open.length > 0 && (
            <Button onClick={() => setChosen(chosen.length === open.length ? [] : open.map(({ appointment }) => appointment))}>
              {chosen.length === open.length ? t("letters.chooseNone") : t("letters.chooseAll", { count: open.length })}
            </Button>
          )}
          <Button type="primary" disabled={chosen.length === 0 || job?.state === "running"} onClick={() => setPrinting(true)}>
            {chosen.length === 0 ? t("letters.printNone") : t("letters.print", { count: chosen.length })}
          </Button>
        </div>
        {printing && chosen.length > 0 && job?.state !== "running" && (
          <LetterPrintPanel
            plan={plan}
            appointments={chosen}
            onClose={() => setPrinting(false)}
            onPrinted={() => {
              setPrinting(false);
              setChosen([]);
              onChanged();
            }}
          />
        )}
        {job?.state === "running" && <JobPanel kind={LETTERS_JOB} job={job} />}
        {job?.state === "failed" && <ErrorNotice error={job.error} />}
        {job?.state === "done" && job.result && (
          <PrintedLetters printed={job.result} onClose={() => forgetJob(LETTERS_JOB)} />
        )}
        {without.length > 0 && <p className="state bad">{t("letters.withoutPartyA", { count: without.length })}</p>}
        <Table<LetterPlanRow>
          size="small"
          rowKey="appointment"
          columns={columns}
          dataSource={rows}
          tableLayout="fixed"
          scroll={{ x: 1020 }}
          pagination={rows.length > 100 ? { pageSize: 100 } : false}
          rowSelection={{
            columnWidth: 40,
            hideSelectAll: true,
            selectedRowKeys: [...chosen],
            onChange: (keys) => setChosen(keys.map(String)),
            getCheckboxProps: (row) => ({ disabled: !printable(row), "aria-label": row.name }),
          }}
          locale={{
            emptyText: (
              <div className="empty">
                <p>{t("letters.empty")}</p>
                <Button type="primary" href={address(["responsibility", "posts"])}>
                  {t("letters.toPosts")}
                </Button>
              </div>
            ),
          }}
        />
      </div>
      {signing?.letter && (
        <SignedDialog
          row={signing}
          letter={signing.letter}
          onClose={() => setSigning(null)}
          onSigned={() => {
            setSigning(null);
            onChanged();
          }}
        />
      )}
    </>
  );
}
