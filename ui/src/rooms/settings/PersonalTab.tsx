/** What the person at this PC sets for himself: password, locking, language. */
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Settings } from "../../generated/core";
import { LanguageSwitch } from "../../layout/LanguageSwitch";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { useSession } from "../../session/Session";
import { passwordRules, repeats } from "../../setup/password";

export function PersonalTab() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { data, error } = useLoad("settings", () => call("settings_get"));
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{user.display}</h1>
        <span className="quiet">
          {user.name} · {t(`settings.roles.${user.role}`)}
        </span>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="sheet more">
        <h2>{t("app.language")}</h2>
        <LanguageSwitch />
        <h2>{t("settings.lock.title")}</h2>
        {data && <LockForm settings={data} />}
      </div>
      <div className="sheet more">
        <h2>{t("settings.password.title")}</h2>
        <PasswordForm />
      </div>
    </section>
  );
}

function LockForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { refresh } = useSession();
  const [error, setError] = useState<unknown>();
  const [saved, setSaved] = useState(false);
  const save = async ({ minutes }: { minutes: number }) => {
    setError(undefined);
    setSaved(false);
    try {
      await call("settings_set", { ...settings, lock_after_minutes: minutes });
      setSaved(true);
      refresh();
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <Form layout="inline" requiredMark={false} initialValues={{ minutes: settings.lock_after_minutes }} onFinish={save}>
      <Form.Item name="minutes" label={t("settings.lock.minutes")} rules={[{ required: true, message: t("settings.lock.range") }]}>
        <InputNumber min={1} max={240} precision={0} />
      </Form.Item>
      <Button htmlType="submit">{t("settings.save")}</Button>
      {saved && (
        <span className="state settled" role="status">
          {t("settings.saved")}
        </span>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </Form>
  );
}

interface Passwords {
  old: string;
  new: string;
}

function PasswordForm() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Passwords & { again: string }>();
  const [error, setError] = useState<unknown>();
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async ({ old, new: chosen }: Passwords) => {
    setBusy(true);
    setError(undefined);
    setSaved(false);
    try {
      await call("password_change", { old, new: chosen });
      form.resetFields();
      setSaved(true);
    } catch (raw) {
      setError(raw);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={save} className="narrow-form">
      <Form.Item name="old" label={t("settings.password.old")} rules={[{ required: true, message: t("setup.passwordNeeded") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label={t("settings.password.new")} rules={passwordRules(t)}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("settings.password.again")}
        dependencies={["new"]}
        rules={[{ required: true, message: t("setup.passwordNeeded") }, repeats(t, "new")]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("settings.password.change")}
        </Button>
        {saved && (
          <span className="state settled" role="status">
            {t("settings.password.changed")}
          </span>
        )}
      </div>
    </Form>
  );
}
