/** Posts of an institution: who holds each since when, what it has to do how often, and where nobody does. */
import { Button, DatePicker, Spin, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { HolderView, PostView } from "../../generated/core";
import { address, go, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { InstitutionSelect } from "../../parts/InstitutionSelect";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { newEntry, wallClock } from "../../record";
import { useNow, useSession } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { useFrequency } from "../../words/frequency";
import { useInstitutions } from "../useInstitutions";
import { systemLedger } from "./systemLedger";

export function PostsTab() {
  const { t } = useTranslation();
  const say = useText();
  const { query } = useRoute();
  const { institution: own } = useSession();
  const standard = useStandard();
  const institutions = useInstitutions();
  const today = wallClock(useNow()).slice(0, 10);
  const code = query.get("institution") ?? own.code;
  const on = query.get("on") ?? today;
  const asked = { institution: code, on };
  const { data, error } = useLoad(JSON.stringify(asked), () => call("posts_list", asked));
  const appointments = systemLedger(standard, "appointment");
  const base = ["responsibility", appointments?.id ?? "appointment"];
  const mine = code === own.code;
  const name = institutions.find((one) => one.code === code)?.name ?? own.name;

  const show = (change: Record<string, string>) => {
    const now = { ...(mine ? {} : { institution: code }), ...(on === today ? {} : { on }), ...change };
    go(["responsibility", "posts"], now);
  };
  const appoint = (post: PostView) =>
    newEntry(base, {
      fields: { post: post.post, institution: code },
      names: { [code]: say(name) },
      purpose: t("posts.purpose", { post: say(post.title) }),
    });

  const columns: TableColumnsType<PostView> = [
    {
      title: t("posts.post"),
      width: 250,
      render: (_, post) => (
        <>
          <strong>{say(post.title)}</strong> {post.leading && <span className="tag">{t("posts.leading")}</span>}
        </>
      ),
    },
    {
      title: t("posts.holders"),
      render: (_, post) =>
        post.vacant ? (
          <span className="state bad">{t("posts.vacant")}</span>
        ) : (
          <ul className="holders">
            {post.holders.map((holder) => (
              <Holder key={holder.appointment} holder={holder} base={base} mine={mine} />
            ))}
          </ul>
        ),
    },
    {
      title: t("posts.duties"),
      width: 90,
      align: "right",
      render: (_, post) => t("posts.dutyCount", { count: post.duties.length }),
    },
    {
      key: "act",
      width: 100,
      align: "right",
      render: (_, post) =>
        mine && (
          <Button size="small" type={post.vacant ? "primary" : "default"} href={appoint(post)}>
            {t("posts.appoint")}
          </Button>
        ),
    },
  ];
  const vacancies = data?.filter(({ vacant }) => vacant).length ?? 0;
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">
          {t("responsibility.posts")}{" "}
          {data && (
            <span className={vacancies > 0 ? "state bad head-note" : "state settled head-note"}>
              {vacancies > 0 ? t("posts.vacancies", { count: vacancies }) : t("posts.noVacancy")}
            </span>
          )}
        </h1>
        <InstitutionSelect institutions={institutions} value={code} onChange={(next) => show({ institution: next })} />
        <span className="quiet">{t("posts.on")}</span>
        <DatePicker
          value={dayjs(on)}
          allowClear={false}
          aria-label={t("posts.on")}
          onChange={(day) => show({ on: day?.format("YYYY-MM-DD") ?? today })}
        />
        <Button href={address(base)}>{t("posts.allAppointments")}</Button>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <Table<PostView>
            size="small"
            rowKey="post"
            columns={columns}
            dataSource={data}
            pagination={false}
            expandable={{ expandRowByClick: true, expandedRowRender: (post) => <PostDetail post={post} base={base} /> }}
          />
        </div>
      )}
    </section>
  );
}

function Holder({ holder, base, mine }: { holder: HolderView; base: readonly string[]; mine: boolean }) {
  const { t } = useTranslation();
  const { name, from, until, scope, appointment } = holder;
  return (
    <li>
      <a href={address([...base, appointment])} onClick={(event) => event.stopPropagation()}>
        {name}
      </a>{" "}
      <span className="quiet">
        {until === null ? t("posts.since", { from }) : t("posts.between", { from, until })}
        {scope === "" ? "" : ` · ${scope}`}
      </span>
      {mine && until === null && (
        <Button
          size="small"
          type="link"
          href={address([...base, appointment, "correct"])}
          onClick={(event) => event.stopPropagation()}
        >
          {t("posts.end")}
        </Button>
      )}
    </li>
  );
}

function PostDetail({ post, base }: { post: PostView; base: readonly string[] }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const often = useFrequency();
  const definition = standard.posts.find(({ id }) => id === post.post);
  const duties = standard.duties.filter(({ id }) => post.duties.includes(id));
  return (
    <div className="post-detail">
      <p>
        {say(post.summary)}
        {definition && say(definition.scope) !== "" && <span className="quiet"> · {t("posts.scope", { scope: say(definition.scope) })}</span>}
      </p>
      {duties.length === 0 ? (
        <p className="quiet">{t("posts.noDuties")}</p>
      ) : (
        <table className="lines">
          <tbody>
            {duties.map((duty) => (
              <tr key={duty.id}>
                <td className="quiet">{duty.id}</td>
                <td>{say(duty.title)}</td>
                <td>{often(duty.frequency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {post.former.length > 0 && (
        <p>
          {t("posts.former")}{" "}
          {post.former.map((holder, at) => (
            <span key={holder.appointment}>
              {at > 0 && t("record.and")}
              <a href={address([...base, holder.appointment])}>{holder.name}</a>{" "}
              <span className="quiet">{t("posts.between", { from: holder.from, until: holder.until ?? "" })}</span>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
