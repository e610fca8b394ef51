/** Enrolling at the superior: ask, read the fingerprint aloud, take the approval in. Once in an outlet's life. */
import { Button, Spin } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { EnrolFile, EnrolReview, ExchangeStatus } from "../../generated/core";
import { address } from "../../layout/route";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Groups } from "../../parts/Groups";
import { PathField } from "../../parts/PathField";
import { call, desktop } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { useText } from "../../standard";
import { Compare } from "./Compare";
import { heardAs, notCompared } from "./compared";
import { EnrolWho } from "./EnrolWho";
import { useFolder } from "./useFolder";

export function Stage({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className="stage" aria-labelledby={`stage-${number}`}>
      <h2 id={`stage-${number}`}>
        <span className="stage-number">{number}</span> {title}
      </h2>
      {children}
    </section>
  );
}

export function EnrolTab() {
  const { t } = useTranslation();
  const { data, error, reload } = useLoad("status", () => call("exchange_status"));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("enrol.title")}</h1>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {!data && error === undefined && <Spin className="waiting" />}
      {data && (data.up.enrolled ? <Enrolled status={data} /> : <Ask status={data} onEnrolled={reload} />)}
    </section>
  );
}

function Enrolled({ status }: { status: ExchangeStatus }) {
  const { t } = useTranslation();
  const say = useText();
  return (
    <div className="sheet">
      <p className="state settled" role="status">
        {t("enrol.enrolled", { superior: say(status.up.superior) })}
      </p>
      <Button type="primary" href={address(["exchange"])}>
        {t("enrol.toExport")}
      </Button>
      <h2>{t("enrol.ownFingerprint")}</h2>
      <Groups code={status.fingerprint} label={t("enrol.ownFingerprint")} />
      <dl className="particulars">
        <div>
          <dt>{t("enrol.origin")}</dt>
          <dd className="hash">{status.origin}</dd>
        </div>
        <div>
          <dt>{t("enrol.verifierKey")}</dt>
          <dd className="hash">{status.verifier_key}</dd>
        </div>
      </dl>
    </div>
  );
}

function Ask({ status, onEnrolled }: { status: ExchangeStatus; onEnrolled: () => void }) {
  const { t } = useTranslation();
  const { dir, setDir, keep } = useFolder();
  const [file, setFile] = useState<EnrolFile | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const ask = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setFile(await call("enrol_request", { dir: dir.trim() }));
      await keep(dir.trim());
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  const asked = file !== null || status.request_pending;
  const fingerprint = file?.fingerprint ?? status.fingerprint;
  return (
    <div className="sheet">
      <p>{t("enrol.what")}</p>
      <Stage number={1} title={t("enrol.ask")}>
        <p className="quiet">{t("enrol.askWhat")}</p>
        <div className="narrow">
          <PathField kind="folder" request={{ title: t("enrol.dir") }} value={dir} onChange={setDir} />
        </div>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="actions">
          <Button type={asked ? "default" : "primary"} disabled={dir.trim() === ""} loading={busy} onClick={() => void ask()}>
            {t(asked ? "enrol.askAgain" : "enrol.askNow")}
          </Button>
          {file && (
            <>
              <span className="state settled path">{t("enrol.written", { path: file.path })}</span>
              <Button size="small" onClick={() => void desktop.reveal(file.path)}>
                {t("parts.showFolder")}
              </Button>
            </>
          )}
        </div>
      </Stage>
      {asked && (
        <>
          <Stage number={2} title={t("enrol.read")}>
            <p className="quiet">{t("enrol.readWhat")}</p>
            <Groups code={fingerprint} label={t("enrol.ownFingerprint")} />
          </Stage>
          <Stage number={3} title={t("enrol.accept")}>
            <Accept onEnrolled={onEnrolled} />
          </Stage>
        </>
      )}
    </div>
  );
}

function Accept({ onEnrolled }: { onEnrolled: () => void }) {
  const { t } = useTranslation();
  const say = useText();
  const [path, setPath] = useState("");
  const [review, setReview] = useState<EnrolReview | null>(null);
  const [compared, setCompared] = useState(notCompared);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setError(undefined);
    setReview(null);
    setCompared(notCompared);
    try {
      const found = await call("enrol_review", { path: path.trim() });
      if (found.kind === "approval") setReview(found);
      else setError({ code: "enrol-not-an-approval", fields: {} });
    } catch (raw) {
      setError(raw);
    }
  };
  const heard = review ? heardAs(compared, review.fingerprint) : null;
  const accept = async () => {
    if (heard === null) return;
    setBusy(true);
    setError(undefined);
    try {
      await call("enrol_accept", { path: path.trim(), fingerprint: heard });
      onEnrolled();
    } catch (raw) {
      setError(raw);
      setBusy(false);
    }
  };
  return (
    <>
      <p className="quiet">{t("enrol.acceptWhat")}</p>
      <div className="narrow">
        <PathField
          kind="file"
          request={{ title: t("enrol.approvalFile"), kinds: [{ name: t("enrol.approvalFile"), extensions: ["osapproval"] }] }}
          value={path}
          onChange={(next) => {
            setPath(next);
            setReview(null);
          }}
        />
      </div>
      {review === null && (
        <div className="actions">
          <Button disabled={path.trim() === ""} onClick={() => void look()}>
            {t("enrol.look")}
          </Button>
        </div>
      )}
      {review && (
        <>
          <EnrolWho review={review} />
          <Compare fingerprint={review.fingerprint} who={say(review.name)} value={compared} onChange={setCompared} />
          <div className="actions">
            <Button type="primary" disabled={heard === null} loading={busy} onClick={() => void accept()}>
              {t("enrol.acceptNow")}
            </Button>
          </div>
        </>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}
