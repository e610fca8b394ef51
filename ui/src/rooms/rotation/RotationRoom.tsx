/** Rotation of the officers: who holds the posts now, and the book of handovers. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Ledger, Standard } from "../../generated/core";
import { address, useRoute } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { LedgerPages } from "../../record";
import { useSession } from "../../session/Session";
import { ledgerOf, useStandard, useText } from "../../standard";

const ROOM = "rotation";

/** The book that proves a rotation, and the posts that rotate: the standard's duty upon rotation names both. */
function rotation(standard: Standard): { ledger: Ledger; posts: readonly string[] } | null {
  const duty = standard.duties.find(({ frequency }) => "trigger" in frequency && frequency.trigger === "rotation");
  const ledger = duty && ledgerOf(standard, duty.evidence.ledger);
  return ledger ? { ledger, posts: duty.posts } : null;
}

export function RotationRoom() {
  const { t } = useTranslation();
  const { path } = useRoute();
  const standard = useStandard();
  const found = rotation(standard);
  if (!found) return <div className="sheet">{t("rotation.none")}</div>;
  return path[1] === undefined ? (
    <Now ledger={found.ledger} posts={found.posts} />
  ) : (
    <LedgerPages key={path[1]} room={ROOM} ledger={path[1]} />
  );
}

function Now({ ledger, posts }: { ledger: Ledger; posts: readonly string[] }) {
  const { t } = useTranslation();
  const say = useText();
  const { institution, superior } = useSession();
  const places = useLoad(superior ? "below" : "own", async () => {
    const all = superior ? await call("institutions_list") : [institution];
    return Promise.all(all.map(async (one) => ({ institution: one, posts: await call("posts_list", { institution: one.code }) })));
  });
  const base = [ROOM, ledger.id];
  const rows = (places.data ?? []).map((place) => ({
    ...place,
    posts: place.posts.filter(({ post }) => posts.includes(post)),
  }));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("rooms.rotation.name")}</h1>
        <Button href={address(base)}>{say(ledger.title)}</Button>
        {!superior && (
          <Button type="primary" href={address([...base, "new"])}>
            {t("rotation.handover")}
          </Button>
        )}
      </div>
      {places.error !== undefined && <ErrorNotice error={places.error} />}
      {rows
        .filter((place) => place.posts.length > 0)
        .map((place) => (
          <div key={place.institution.code} className="sheet more">
            <h2>{superior ? say(place.institution.name) : t("rotation.now")}</h2>
            <table className="lines">
              <tbody>
                {place.posts.map((post) => (
                  <tr key={post.post}>
                    <td>{say(post.title)}</td>
                    <td>
                      {post.vacant ? (
                        <span className="state bad">{t("posts.vacant")}</span>
                      ) : (
                        post.holders.map((holder, at) => (
                          <span key={holder.appointment}>
                            {at > 0 && t("record.and")}
                            <strong>{holder.name}</strong>{" "}
                            <span className="quiet">{t("posts.since", { from: holder.from })}</span>
                          </span>
                        ))
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
    </section>
  );
}
