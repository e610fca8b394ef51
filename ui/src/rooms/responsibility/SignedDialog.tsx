/** A letter was signed on paper: when, where, and its scan. */
import { Button, DatePicker, Form, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Attachment, LetterPlanRow } from "../../generated/core";
import { enterStays } from "../../parts/enterStays";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call, desktop, readError } from "../../platform/client";
import { daysBetween, wallClock } from "../../record";
import { useNow } from "../../session/Session";
import { useStandard, useText } from "../../standard";

interface Signed {
  date: Dayjs;
  place?: string;
  late_reason?: string;
}

export interface SignedDialogProps {
  row: LetterPlanRow;
  /** Letter record. */
  letter: string;
  onClose: () => void;
  onSigned: () => void;
}

export function SignedDialog({ row, letter, onClose, onSigned }: SignedDialogProps) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const today = wallClock(useNow()).slice(0, 10);
  const [form] = Form.useForm<Signed>();
  const [scan, setScan] = useState<Attachment>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const date = Form.useWatch<Dayjs | undefined>("date", form);
  const days = standard.deadlines.late_after_days;
  const late =
    (date !== undefined && daysBetween(date.format("YYYY-MM-DD"), today) > days) ||
    (error !== undefined && readError(error).code === "late-reason-missing");

  const attach = async () => {
    setError(undefined);
    try {
      const path = await desktop.pickFile({
        title: t("letters.scan"),
        kinds: [{ name: t("letters.scanKinds"), extensions: ["pdf", "jpg", "jpeg", "png"] }],
      });
      if (path !== null) setScan(await call("attachment_add", { path }));
    } catch (raw) {
      setError(raw);
    }
  };
  const save = async ({ date: day, place, late_reason }: Signed) => {
    setBusy(true);
    setError(undefined);
    try {
      await call("letter_signed", {
        letter,
        date: day.format("YYYY-MM-DD"),
        ...(place?.trim() ? { place: place.trim() } : {}),
        ...(scan ? { scan } : {}),
        ...(late && late_reason?.trim() ? { late_reason: late_reason.trim() } : {}),
      });
      onSigned();
    } catch (raw) {
      setError(raw);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("letters.signTitle", { name: row.name })} onCancel={onClose} footer={null} destroyOnHidden>
      <p className="quiet">
        {row.number} · {say(row.post_title)} · {row.party_a}
      </p>
      {/* The day of signature is never filled in beforehand: only the act itself may write it. */}
      <Form<Signed> form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item name="date" label={t("letters.signDate")} rules={[{ required: true, message: t("letters.signDateNeeded") }]}>
          <DatePicker className="wide" maxDate={dayjs(today)} autoFocus onKeyDown={enterStays} />
        </Form.Item>
        {late && (
          <Form.Item
            name="late_reason"
            label={t("form.lateReason")}
            extra={t("form.lateHint", { days })}
            rules={[{ required: true, whitespace: true, message: t("letters.lateNeeded") }]}
          >
            <Input.TextArea rows={2} />
          </Form.Item>
        )}
        <Form.Item name="place" label={t("letters.place")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item label={t("letters.scan")}>
          <Button onClick={() => void attach()}>{t("letters.scanAdd")}</Button>{" "}
          {scan && <span className="state settled">{scan.name}</span>}
        </Form.Item>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t("letters.signSave")}
          </Button>
          <Button onClick={onClose}>{t("form.close")}</Button>
        </div>
      </Form>
    </Modal>
  );
}
