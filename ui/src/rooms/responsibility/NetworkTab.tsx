/** The safety network (安全网络): from the institution over its posts to each person, letters and vacancies at a glance. */
import { Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { InstitutionBrief, LetterPlanRow, PostView } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { useSession } from "../../session/Session";
import { useStandard, useText } from "../../standard";
import { useInstitutions } from "../useInstitutions";
import { letterSign, signClass } from "./letterWords";
import { systemLedger } from "./systemLedger";
import { treeOf, type Branch } from "./tree";

export function NetworkTab() {
  const { t } = useTranslation();
  const { institution } = useSession();
  const institutions = useInstitutions();
  const tree = treeOf(institutions, institution.code);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("responsibility.network")}</h1>
        <span className="quiet">{t("network.what")}</span>
      </div>
      <div className="sheet">
        <ul className="net">
          {tree.map((branch) => (
            <Place key={branch.institution.code} branch={branch} opened />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Place({ branch, opened = false }: { branch: Branch; opened?: boolean }) {
  const { t } = useTranslation();
  const say = useText();
  const [open, setOpen] = useState(opened);
  const { institution, below } = branch;
  return (
    <li>
      <div className="net-line">
        <button type="button" className="net-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(institution.name)}
        </button>
        <span className="quiet">
          {institution.code} · {t(`level.${institution.level}`)}
        </span>
      </div>
      {open && (
        <ul>
          <Posts institution={institution} />
          {below.map((one) => (
            <Place key={one.institution.code} branch={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Posts({ institution }: { institution: InstitutionBrief }) {
  const { code } = institution;
  const { data, error } = useLoad(code, () =>
    Promise.all([call("posts_list", { institution: code }), call("letters_plan", { institution: code })]),
  );
  if (error !== undefined)
    return (
      <li>
        <ErrorNotice error={error} />
      </li>
    );
  if (!data)
    return (
      <li>
        <Spin size="small" />
      </li>
    );
  const [posts, plan] = data;
  const letters = new Map(plan.rows.map((row) => [row.appointment, row]));
  return posts.map((post) => <PostLine key={post.post} post={post} letters={letters} />);
}

function PostLine({ post, letters }: { post: PostView; letters: ReadonlyMap<string, LetterPlanRow> }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const person = systemLedger(standard, "person");
  return (
    <li>
      {post.vacant && (
        <div className="net-line">
          <span className="net-post">{say(post.title)}</span>
          <span className="state bad">{t("posts.vacant")}</span>
        </div>
      )}
      {post.holders.map((holder, at) => {
        const letter = letters.get(holder.appointment);
        const sign = letter ? letterSign(letter) : null;
        return (
          <div key={holder.appointment} className="net-line">
            <span className="net-post">{at === 0 ? say(post.title) : ""}</span>
            <a className="net-name" href={address(["responsibility", person?.id ?? "person", holder.person])}>
              {holder.name}
            </a>
            <span className="quiet">{t("posts.since", { from: holder.from })}</span>
            {holder.scope !== "" && <span className="quiet">{holder.scope}</span>}
            {sign === null ? (
              <span className="quiet">{t("network.noLetter")}</span>
            ) : (
              <span className={signClass[sign]}>{t(`letters.states.${sign}`, { day: letter?.signed ?? "" })}</span>
            )}
          </div>
        );
      })}
    </li>
  );
}
