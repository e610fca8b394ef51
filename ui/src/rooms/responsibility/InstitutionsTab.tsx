/** The own institution's particulars, and the tree of those below. */
import { Button, Spin, Table } from "antd";
import { useTranslation } from "react-i18next";

import type { InstitutionBrief } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { FieldLine, queryOf, wholeList } from "../../record";
import { useSession } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { useInstitutions } from "../useInstitutions";
import { systemLedger } from "./systemLedger";
import { treeOf, type Branch } from "./tree";

export function InstitutionsTab() {
  const { t } = useTranslation();
  const say = useText();
  const { institution, superior } = useSession();
  const standard = useStandard();
  const ledger = systemLedger(standard, "institution");
  const institutions = useInstitutions();
  const { data, error } = useLoad("own-institution", () =>
    ledger ? call("records_list", queryOf([ledger.id], { ...wholeList, institution: institution.code, size: 1 })) : Promise.resolve(null),
  );
  const row = data?.rows[0];
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{say(institution.name)}</h1>
        {ledger && row && (
          <>
            <Button href={address(["responsibility", ledger.id, row.id])}>{t("institutions.history")}</Button>
            <Button type="primary" href={address(["responsibility", ledger.id, row.id, "correct"])}>
              {t("institutions.edit")}
            </Button>
          </>
        )}
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {data === undefined && error === undefined && <Spin className="waiting" />}
      {ledger && row && (
        <div className="sheet">
          <dl className="particulars">
            {ledger.fields
              .filter(({ id }) => row.fields[id] !== undefined && row.fields[id] !== null)
              .map((field) => (
                <div key={field.id}>
                  <dt>{say(field.label)}</dt>
                  <dd>
                    <FieldLine ledger={ledger} field={field} value={row.fields[field.id]} names={data.names} />
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      )}
      {superior && (
        <div className="sheet more">
          <h2>{t("institutions.below", { count: institutions.length - 1 })}</h2>
          <Below branches={treeOf(institutions, institution.code)} />
        </div>
      )}
    </section>
  );
}

interface Line extends InstitutionBrief {
  key: string;
  children?: Line[];
}

function lineOf({ institution, below }: Branch): Line {
  return { ...institution, key: institution.code, ...(below.length > 0 ? { children: below.map(lineOf) } : {}) };
}

function Below({ branches }: { branches: Branch[] }) {
  const { t } = useTranslation();
  const say = useText();
  const { institution: own } = useSession();
  return (
    <Table<Line>
      size="small"
      pagination={false}
      dataSource={branches.map(lineOf)}
      expandable={{ defaultExpandAllRows: true }}
      columns={[
        {
          title: t("institutions.name"),
          render: (_, { name, code }) =>
            code === own.code ? <strong>{say(name)}</strong> : <a href={address(["outlets", code])}>{say(name)}</a>,
        },
        { title: t("institutions.code"), width: 180, render: (_, { code }) => code },
        { title: t("institutions.level"), width: 140, render: (_, { level }) => t(`level.${level}`) },
      ]}
    />
  );
}
