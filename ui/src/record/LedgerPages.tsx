/** All pages of one ledger: `…/L12`, `…/L12/new`, `…/L12/draft/<id>`, `…/L12/<record>`, `…/L12/<record>/correct`. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useRoute } from "../layout/route";
import { ledgerOf, useStandard } from "../standard";
import { FormPage } from "./FormPage";
import { LedgerList } from "./LedgerList";
import { RecordPage } from "./RecordPage";

export interface LedgerPagesProps {
  /** Room the ledger is shown in; the address is `#/<room>/<ledger>/…`. */
  room: string;
  ledger: string;
  above?: ReactNode;
}

export function LedgerPages({ room, ledger: id, above }: LedgerPagesProps) {
  const { t } = useTranslation();
  const { path, query } = useRoute();
  const standard = useStandard();
  const ledger = ledgerOf(standard, id);
  if (!ledger) return <div className="sheet">{t("ledgers.unknown", { ledger: id })}</div>;
  const base = [room, id];
  const [, , what, more] = path;
  if (what === undefined) return <LedgerList key={id} ledger={ledger} base={base} above={above} />;
  if (what === "new") {
    const opened = `${id} new ${query.get("fields") ?? ""} ${query.get("purpose") ?? ""}`;
    return <FormPage key={opened} ledger={ledger} base={base} />;
  }
  if (what === "draft" && more !== undefined) return <FormPage key={more} ledger={ledger} base={base} draft={more} />;
  if (more === "correct") return <FormPage key={`${what} correct`} ledger={ledger} base={base} correct={what} />;
  return <RecordPage key={what} ledger={ledger} base={base} id={what} />;
}
