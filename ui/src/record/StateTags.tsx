/** What has to be known about a record at a glance: words, not colours alone. */
import { useTranslation } from "react-i18next";

import type { ExchangeState, RecordRow } from "../generated/core";

/** 已保存 · 已打包 · 上级已收, or that it came from below. Nothing is called sent. */
export function ExchangeWord({ state }: { state: ExchangeState }) {
  const { t } = useTranslation();
  return <span className={`exchange ${state}`}>{t(`exchange.${state}`)}</span>;
}

/** 补录, 作废, two versions to decide between, corrected. */
export function StateTags({ row }: { row: RecordRow }) {
  const { t } = useTranslation();
  return (
    <>
      {row.late && <span className="tag late">{t("state.late")}</span>}
      {row.withdrawn && <span className="tag withdrawn">{t("state.withdrawn")}</span>}
      {row.conflict && <span className="tag conflict">{t("state.conflict")}</span>}
      {row.versions > 1 && !row.withdrawn && <span className="tag corrected">{t("state.corrected", { count: row.versions })}</span>}
    </>
  );
}
