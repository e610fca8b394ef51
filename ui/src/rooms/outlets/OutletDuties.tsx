/** The obligations of one institution that a figure counted: exactly those. */
import { Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { wallClock } from "../../record";
import { useNow } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { ObligationRow } from "../today/ObligationRow";
import { useInstitutions } from "../useInstitutions";
import { counted, isCounted, readSpan } from "./span";

const STEP = 200;

export function OutletDuties({ code }: { code: string }) {
  const { t } = useTranslation();
  const say = useText();
  const [shown, setShown] = useState(STEP);
  const standard = useStandard();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const span = readSpan(query, today);
  const what = query.get("what");
  const which = isCounted(what) ? what : "due";
  const duty = query.get("duty");
  const asked = { ...span, institution: code, states: [...counted[which]], ...(duty === null ? {} : { duty }) };
  const { data, error } = useLoad(JSON.stringify(asked), () => call("obligations_list", asked));
  const institution = useInstitutions().find((one) => one.code === code);
  const name = institution ? say(institution.name) : code;
  // The overview counts by the last day of an obligation.
  const rows = (data?.obligations ?? []).filter(({ due }) => which === "overdue" || (due >= span.from && due <= span.until));
  const title = duty === null ? "" : say(standard.duties.find(({ id }) => id === duty)?.title);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <Button type="link" size="small" href={address(["outlets", code])}>
          {name}
        </Button>
        <h1 id="room-name">
          {t(`outlets.what.${which}`)} {title !== "" && <span className="head-note">{title}</span>}
        </h1>
        <span className="quiet">{t("posts.between", { from: span.from, until: span.until })}</span>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <p className="quiet" data-count={rows.length}>
            {t("list.total", { count: rows.length })}
          </p>
          <ul className="obs">
            {rows.slice(0, shown).map((row) => (
              <ObligationRow key={row.key} obligation={row} today={today} />
            ))}
          </ul>
          {rows.length > shown && (
            <div className="actions">
              <Button onClick={() => setShown(shown + STEP)}>{t("parts.more")}</Button>
              <span className="quiet">{t("job.count", { done: shown, total: rows.length })}</span>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
