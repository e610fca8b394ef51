/** At a superior: who is enrolled below, and approving those who ask. */
import { Button, Spin, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { EnrolFile, EnrolReview, PeerView } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Groups } from "../../parts/Groups";
import { PathField } from "../../parts/PathField";
import { folderOf } from "../../parts/paths";
import { call, desktop } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { shownTime } from "../../record";
import { useText } from "../../standard";
import { Compare } from "./Compare";
import { heardAs, notCompared } from "./compared";
import { Stage } from "./EnrolTab";
import { EnrolWho } from "./EnrolWho";
import { useFolder } from "./useFolder";

export function ApproveTab() {
  const { t } = useTranslation();
  const say = useText();
  const { data, error, reload } = useLoad("status", () => call("exchange_status"));
  const [approving, setApproving] = useState(false);
  const begin = () => setApproving(true);
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("below.title")}</h1>
        {!approving && (
          <Button type="primary" onClick={begin}>
            {t("below.approve")}
          </Button>
        )}
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && approving && <Approve onApproved={reload} onClose={() => setApproving(false)} />}
      {data && (
        <div className={approving ? "sheet more" : "sheet"}>
          <Table<PeerView>
            size="small"
            rowKey="origin"
            dataSource={data.below}
            pagination={data.below.length > 100 ? { pageSize: 100 } : false}
            locale={{
              emptyText: (
                <div className="empty">
                  <p>{t("below.empty")}</p>
                  {!approving && (
                    <Button type="primary" onClick={begin}>
                      {t("below.approve")}
                    </Button>
                  )}
                </div>
              ),
            }}
            columns={[
              {
                title: t("below.institution"),
                render: (_, { name, institution }) => (
                  <>
                    <a href={address(["outlets", institution])}>{say(name)}</a> <span className="quiet">{institution}</span>
                  </>
                ),
              },
              {
                title: t("below.state"),
                width: 110,
                render: (_, { state }) => (
                  <span className={state === "active" ? "state settled" : "state bad"}>{t(`below.states.${state}`)}</span>
                ),
              },
              { title: t("below.since"), width: 130, render: (_, { since }) => shownTime(since).slice(0, 10) },
              { title: t("below.held"), width: 110, align: "right", render: (_, { held }) => held },
              {
                title: t("below.last"),
                width: 150,
                render: (_, { last_bundle }) => (last_bundle === null ? <span className="quiet">{t("below.never")}</span> : shownTime(last_bundle)),
              },
              {
                title: t("below.fingerprint"),
                width: 330,
                render: (_, { fingerprint }) => <span className="hash">{fingerprint}</span>,
              },
            ]}
          />
        </div>
      )}
    </section>
  );
}

function Approve({ onApproved, onClose }: { onApproved: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useText();
  const { dir, setDir, keep } = useFolder();
  const [path, setPath] = useState("");
  const [review, setReview] = useState<EnrolReview | null>(null);
  const [compared, setCompared] = useState(notCompared);
  const [approval, setApproval] = useState<EnrolFile | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setError(undefined);
    setReview(null);
    setCompared(notCompared);
    try {
      const found = await call("enrol_review", { path: path.trim() });
      if (found.kind === "request") {
        setReview(found);
        // Back to where it came from, unless another folder is chosen.
        if (dir === "") setDir(folderOf(path.trim()));
      } else setError({ code: "enrol-not-a-request", fields: {} });
    } catch (raw) {
      setError(raw);
    }
  };
  const heard = review ? heardAs(compared, review.fingerprint) : null;
  const approve = async () => {
    if (heard === null) return;
    setBusy(true);
    setError(undefined);
    try {
      setApproval(await call("enrol_approve", { path: path.trim(), fingerprint: heard, dir: dir.trim() }));
      await keep(dir.trim());
      onApproved();
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  if (approval)
    return (
      <div className="sheet">
        <p className="state settled path" role="status">
          {t("below.approved", { who: say(review?.name), path: approval.path })}
        </p>
        <p>{t("below.readOwn")}</p>
        <Groups code={approval.fingerprint} label={t("enrol.ownFingerprint")} />
        <div className="actions">
          <Button onClick={() => void desktop.reveal(approval.path)}>{t("parts.showFolder")}</Button>
          <Button type="primary" onClick={onClose}>
            {t("below.finish")}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="sheet">
      <Stage number={1} title={t("below.request")}>
        <div className="narrow">
          <PathField
            kind="file"
            request={{ title: t("below.requestFile"), kinds: [{ name: t("below.requestFile"), extensions: ["osrequest"] }] }}
            value={path}
            onChange={(next) => {
              setPath(next);
              setReview(null);
            }}
          />
        </div>
        <div className="actions">
          {review === null && (
            <Button type="primary" disabled={path.trim() === ""} onClick={() => void look()}>
              {t("enrol.look")}
            </Button>
          )}
          <Button onClick={onClose}>{t("form.close")}</Button>
        </div>
        {review && <EnrolWho review={review} />}
      </Stage>
      {review && (
        <>
          <Stage number={2} title={t("below.compare")}>
            <Compare fingerprint={review.fingerprint} who={say(review.name)} value={compared} onChange={setCompared} />
          </Stage>
          <Stage number={3} title={t("below.write")}>
            <div className="narrow">
              <PathField kind="folder" request={{ title: t("below.dir") }} value={dir} onChange={setDir} />
            </div>
            <p className="quiet">{t("below.consequence", { who: say(review.name) })}</p>
            <div className="actions">
              <Button type="primary" disabled={heard === null || dir.trim() === ""} loading={busy} onClick={() => void approve()}>
                {t("below.approveNow")}
              </Button>
            </div>
          </Stage>
        </>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </div>
  );
}
