/** A ledger opened at its list: filters, table, paper, and a new entry. */
import { PlusOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Ledger } from "../generated/core";
import { useShortcut } from "../keys";
import { go, useRoute } from "../layout/route";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { useNow, useSession } from "../session/Session";
import { keeps, useText } from "../standard";
import { ListFilters } from "./ListFilters";
import { printTo } from "./print";
import { narrowed, queryOf, readList, writeList, type ListState } from "./query";
import { RecordTable } from "./RecordTable";
import { wallClock } from "./time";

export interface LedgerListProps {
  ledger: Ledger;
  /** Address of the ledger, such as `["ledgers", "L12"]`. */
  base: readonly string[];
  /** Shown between the head and the list, such as counts by class. */
  above?: ReactNode;
}

export function LedgerList({ ledger, base, above }: LedgerListProps) {
  const { t } = useTranslation();
  const say = useText();
  const { institution, superior } = useSession();
  const { query } = useRoute();
  const today = wallClock(useNow()).slice(0, 10);
  const state = readList(query);
  const asked = queryOf([ledger.id], state);
  const { data, error, loading } = useLoad(JSON.stringify(asked), () => call("records_list", asked));
  const below = useLoad(superior ? "institutions" : "none", () =>
    superior ? call("institutions_list") : Promise.resolve([]),
  );
  const [printError, setPrintError] = useState<unknown>();
  const [printing, setPrinting] = useState(false);

  const change = (part: Partial<ListState>) => go(base, writeList({ ...state, ...part }));
  const add = () => go([...base, "new"]);
  const print = async () => {
    setPrintError(undefined);
    setPrinting(true);
    try {
      await printTo(say(ledger.title), t("list.printTo"), (path) => call("ledger_print", { query: asked, path }));
    } catch (raw) {
      setPrintError(raw);
    } finally {
      setPrinting(false);
    }
  };
  const mine = keeps(ledger, institution.level);
  const single = ledger.single === true && (data?.total ?? 0) > 0;
  useShortcut("Ctrl+N", add, mine && !single);
  useShortcut("Ctrl+P", () => void print());

  const empty = narrowed(state) ? (
    <div className="empty">{t("list.nothingMatches")}</div>
  ) : (
    <div className="empty">
      <p>{say(ledger.purpose)}</p>
      <p>{t("list.empty")}</p>
      {mine && (
        <Button type="primary" icon={<PlusOutlined />} onClick={add}>
          {t("list.first", { ledger: say(ledger.title) })}
        </Button>
      )}
    </div>
  );

  return (
    <section aria-labelledby="ledger-name">
      <div className="room-head">
        <Button type="link" size="small" onClick={() => go(base.slice(0, -1))}>
          {t(`rooms.${base[0] ?? "ledgers"}.name`)}
        </Button>
        <h1 id="ledger-name">
          {say(ledger.title)} {ledger.group !== "system" && <span className="quiet ledger-id">{ledger.id}</span>}
        </h1>
        <Button icon={<PrinterOutlined />} loading={printing} onClick={() => void print()}>
          {t("list.print")}
        </Button>
        {mine && !single && (
          <Button type="primary" icon={<PlusOutlined />} onClick={add} title="Ctrl+N">
            {t("list.new")}
          </Button>
        )}
      </div>
      {printError !== undefined && <ErrorNotice error={printError} />}
      {above}
      <div className="sheet list-sheet">
        <ListFilters ledger={ledger} state={state} onChange={change} institutions={below.data ?? []} />
        <RecordTable
          ledger={ledger}
          page={data}
          loading={loading}
          error={error}
          state={state}
          onChange={change}
          onOpen={(row) => go([...base, row.id])}
          institutions={below.data ?? []}
          today={today}
          empty={empty}
        />
      </div>
    </section>
  );
}
