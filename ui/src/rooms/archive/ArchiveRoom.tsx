/** The archive: what the outlet is, how its protection was built, and every facility by class. */
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

import type { FacilityClass, Ledger } from "../../generated/core";
import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { LedgerPages, newEntry, queryOf, readList, wholeList, writeList } from "../../record";
import { useSession } from "../../session/Session";
import { keeps, ledgerOf, ledgersOf, useStandard, useText } from "../../standard";
import { Book } from "../ledgers/LedgersRoom";

export function ArchiveRoom({ room }: { room: string }) {
  const { path } = useRoute();
  const standard = useStandard();
  const id = path[1];
  if (id === undefined) return <Files />;
  const ledger = ledgerOf(standard, id);
  const above = ledger?.facility_group ? <Classes ledger={ledger} /> : null;
  return <LedgerPages key={id} room={room} ledger={id} above={above} />;
}

/** How many current records each class has. Counted by the list itself, so that the figure is what the list shows. */
function countByClass(ledger: Ledger, classes: readonly FacilityClass[], institution: string | undefined) {
  const state = { ...wholeList, institution, size: 1 };
  return Promise.all(
    classes.map(async ({ id }) => {
      const page = await call("records_list", queryOf([ledger.id], { ...state, fields: { class: id } }));
      return [id, page.total] as const;
    }),
  ).then((pairs) => new Map(pairs));
}

function Classes({ ledger }: { ledger: Ledger }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { query } = useRoute();
  const { institution } = useSession();
  const state = readList(query);
  const classes = standard.facilities.filter(({ group }) => group === ledger.facility_group);
  const { data } = useLoad(`${ledger.id} ${state.institution ?? ""}`, () =>
    countByClass(ledger, classes, state.institution),
  );
  const base = ["archive", ledger.id];
  const chosen = state.fields["class"];
  return (
    <nav className="classes sheet" aria-label={t("archive.classes")}>
      {classes.map(({ id, title }) => {
        const count = data?.get(id) ?? 0;
        const on = chosen === id;
        const { class: _class, ...others } = state.fields;
        const next = writeList({ ...state, page: 1, fields: on ? others : { ...others, class: id } });
        return (
          <a key={id} className={`class${on ? " on" : ""}${count === 0 ? " none" : ""}`} href={address(base, next)} {...(on ? { "aria-current": "true" as const } : {})}>
            {say(title)} <span className="class-count">{count}</span>
          </a>
        );
      })}
      {chosen && keeps(ledger, institution.level) && (
        <Button size="small" href={newEntry(base, { fields: { class: chosen } })}>
          {t("archive.addOne", { class: say(classes.find(({ id }) => id === chosen)?.title) })}
        </Button>
      )}
    </nav>
  );
}

function Files() {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { institution, superior } = useSession();
  const { data, error } = useLoad("archive", async () => {
    const profile = standard.ledgers.find(({ role }) => role === "profile");
    const [briefs, page] = await Promise.all([
      call("ledgers_list"),
      profile ? call("records_list", queryOf([profile.id], { ...wholeList, size: 1, institution: institution.code })) : null,
    ]);
    return { briefs: new Map(briefs.map((brief) => [brief.id, brief])), profile, row: page?.rows[0] };
  });
  if (error !== undefined && !data) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  const books = ledgersOf(standard, institution).filter(({ group }) => group === "archive");
  const { profile, row } = data;
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("rooms.archive.name")}</h1>
        {profile && !superior && (
          <Button type={row ? "default" : "primary"} href={address(row ? ["archive", profile.id, row.id] : ["archive", profile.id, "new"])}>
            {t(row ? "archive.profile" : "archive.fillProfile")}
          </Button>
        )}
      </div>
      {profile && !superior && !row && <div className="sheet empty">{t("archive.noProfile", { profile: say(profile.title) })}</div>}
      <div className="sheet shelf-books">
        {books.map((ledger) => (
          <Book key={ledger.id} ledger={ledger} brief={data.briefs.get(ledger.id)} />
        ))}
      </div>
    </section>
  );
}
