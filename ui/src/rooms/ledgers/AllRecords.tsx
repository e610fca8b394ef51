/** Records of all ledgers in one list: what a figure over the whole account counts, and what a search finds. */
import { Button, Table, type TableColumnType } from "antd";
import { useTranslation } from "react-i18next";

import type { RecordRow } from "../../generated/core";
import { settled } from "../../keys";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { ExchangeWord, queryOf, readList, shownTime, StateTags, writeList, type ListState } from "../../record";
import { ExchangeFilter, SearchBox } from "../../record/ListFilters";
import { useSession } from "../../session/Session";
import { ledgerBase, ledgerOf, useStandard, useText } from "../../standard";

export function AllRecords() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { superior } = useSession();
  const { path, query } = useRoute();
  const state = readList(query);
  const asked = queryOf([], state);
  const { data, error, loading } = useLoad(JSON.stringify(asked), () => call("records_list", asked));
  const change = (part: Partial<ListState>) => go(path, writeList({ ...state, ...part }));
  const titleOf = (ledger: string) => say(ledgerOf(standard, ledger)?.title) || ledger;
  const open = ({ ledger, id }: RecordRow) => go([...ledgerBase(standard, ledger), id]);
  const columns: TableColumnType<RecordRow>[] = [
    { key: "occurred", title: t("list.occurred"), width: 136, render: (_, row) => shownTime(row.occurred) },
    { key: "recorded", title: t("list.recorded"), width: 136, className: "entry", render: (_, row) => shownTime(row.recorded) },
    ...(superior
      ? [{ key: "institution", title: t("list.institution"), width: 140, ellipsis: true, render: (_: unknown, row: RecordRow) => data?.names[row.institution] ?? row.institution }]
      : []),
    { key: "ledger", title: t("list.ledger"), width: 150, ellipsis: true, render: (_, row) => titleOf(row.ledger) },
    { key: "title", title: t("list.about"), ellipsis: true, render: (_, row) => row.title },
    { key: "author", title: t("list.author"), width: 84, ellipsis: true, render: (_, row) => row.author },
    {
      key: "states",
      title: t("list.states"),
      width: 150,
      render: (_, row) => (
        <span className="states">
          <ExchangeWord state={row.exchange} />
          <StateTags row={row} />
        </span>
      ),
    },
  ];
  const press = settled<HTMLElement>((event) => {
    if (event.key === "Enter") event.currentTarget.click();
  });
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <Button type="link" size="small" href={address(["ledgers"])}>
          {t("rooms.ledgers.name")}
        </Button>
        <h1 id="room-name">{t("ledgers.all")}</h1>
      </div>
      <div className="sheet list-sheet">
        <div className="filters" role="search">
          <SearchBox value={state.text} onChange={(text) => change({ text, page: 1 })} />
          <ExchangeFilter value={state.exchange} onChange={(exchange) => change({ exchange, page: 1 })} />
        </div>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="record-table">
          <Table<RecordRow>
            size="small"
            rowKey="id"
            tableLayout="fixed"
            columns={columns}
            dataSource={data?.rows ?? []}
            loading={{ spinning: loading, delay: 250 }}
            locale={{ emptyText: loading ? " " : <div className="empty">{t("list.nothingMatches")}</div> }}
            onRow={(row) => ({
              tabIndex: 0,
              className: row.withdrawn ? "withdrawn" : "",
              onClick: () => open(row),
              onKeyDown: press,
            })}
            pagination={{
              current: state.page,
              pageSize: state.size,
              total: data?.total ?? 0,
              showSizeChanger: true,
              pageSizeOptions: [20, 50, 100, 200],
              showTotal: (total) => t("list.total", { count: total }),
              onChange: (page, size) => change({ page, size }),
            }}
          />
        </div>
      </div>
    </section>
  );
}
