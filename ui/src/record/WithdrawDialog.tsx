/** Withdrawing (作废) is final: what will happen is said in a sentence, with the name it will stand under. */
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RecordRow } from "../generated/core";
import { ErrorNotice } from "../parts/ErrorNotice";
import { Lines } from "../parts/Lines";
import { call } from "../platform/client";
import { useSession } from "../session/Session";

export interface WithdrawDialogProps {
  row: RecordRow;
  onDone: () => void;
  onClose: () => void;
}

export function WithdrawDialog({ row, onDone, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const withdraw = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await call("record_withdraw", { id: row.id, reason: reason.trim() });
      onDone();
    } catch (raw) {
      setError(raw);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("withdraw.title")}
      okText={t("withdraw.do")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: busy }}
      cancelText={t("withdraw.keep")}
      onOk={() => void withdraw()}
      onCancel={onClose}
    >
      <p>{t("withdraw.consequence", { title: row.title, person: user.display })}</p>
      <label htmlFor="withdraw-reason">{t("withdraw.reason")}</label>
      <Lines
        id="withdraw-reason"
        autoFocus
            least={2}
            most={6}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== undefined && <ErrorNotice error={error} />}
    </Modal>
  );
}
