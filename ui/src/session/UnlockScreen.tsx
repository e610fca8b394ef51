/** Unlocking by password, or by the recovery code when a password is forgotten. */
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AppStatus, RecoverArgs, UnlockArgs } from "../generated/core";
import { ErrorNotice } from "../parts/ErrorNotice";
import { FieldError } from "../parts/FieldError";
import { call, readError } from "../platform/client";
import { passwordRules, repeats, SHORTEST_PASSWORD } from "../setup/password";
import type { ThresholdProps } from "./Threshold";
import { useSecondsLeft } from "./useSecondsLeft";

const rememberedUser = "outlet-safety.user";

function firstUser({ users }: AppStatus): string | undefined {
  const last = window.localStorage.getItem(rememberedUser);
  return last !== null && users.includes(last) ? last : users[0];
}

export function UnlockScreen({ status, onStatus }: ThresholdProps) {
  const [recovering, setRecovering] = useState(status.users.length === 0);
  const enter = (next: AppStatus, user: string) => {
    window.localStorage.setItem(rememberedUser, user);
    onStatus(next);
  };
  return (
    <div className="threshold">
      <div className="sheet">
        {recovering ? (
          <Recover status={status} onEnter={enter} onBack={() => setRecovering(false)} />
        ) : (
          <Unlock status={status} onEnter={enter} onRecover={() => setRecovering(true)} />
        )}
      </div>
    </div>
  );
}

type Enter = (status: AppStatus, user: string) => void;

/** One user is named, several are chosen from. */
function UserField({ users }: { users: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="user" label={t("unlock.user")} rules={[{ required: true, message: t("unlock.userNeeded") }]}>
      {users.length === 0 ? (
        <Input autoComplete="off" />
      ) : (
        <Select showSearch={users.length > 8} options={users.map((value) => ({ value, label: value }))} />
      )}
    </Form.Item>
  );
}

function Unlock({ status, onEnter, onRecover }: { status: AppStatus; onEnter: Enter; onRecover: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<UnlockArgs>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [left, wait] = useSecondsLeft();
  const unlock = async ({ user, password }: UnlockArgs) => {
    setBusy(true);
    setError(undefined);
    try {
      onEnter(await call("unlock", { user, password }), user);
    } catch (raw) {
      const { code, fields } = readError(raw);
      const seconds = Number(fields["seconds"]);
      if (code === "slow-down" && seconds > 0) wait(seconds);
      else setError(raw);
      if (code === "wrong-password") form.setFieldValue("password", "");
      setBusy(false);
      form.focusField("password");
    }
  };
  return (
    <>
      <h1>{t("unlock.title")}</h1>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={unlock}
        initialValues={{ user: firstUser(status), password: "" }}
      >
        <UserField users={status.users} />
        <Form.Item
          name="password"
          label={t("unlock.password")}
          rules={[{ required: true, message: t("unlock.passwordNeeded") }]}
          {...(error !== undefined && readError(error).code === "wrong-password"
            ? { validateStatus: "error" as const, help: <FieldError error={error} /> }
            : {})}
        >
          <Input.Password autoFocus autoComplete="off" />
        </Form.Item>
        {error !== undefined && readError(error).code !== "wrong-password" && <ErrorNotice error={error} />}
        {left > 0 && (
          <p className="state bad" role="alert">
            {t("unlock.wait", { seconds: left })}
          </p>
        )}
        <div className="actions">
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={left > 0}>
            {t("unlock.open")}
          </Button>
          <Button type="link" onClick={onRecover}>
            {t("unlock.forgotten")}
          </Button>
        </div>
      </Form>
      <p className="quiet threshold-foot">
        {t("unlock.store", { path: status.store })}
      </p>
    </>
  );
}

interface Recovery extends RecoverArgs {
  again: string;
}

/** Which field an error of the core belongs to. */
const places: Readonly<Record<string, keyof Recovery>> = {
  "recovery-code-invalid": "code",
  "store-key-refused": "code",
  "password-too-short": "new_password",
  "user-unknown": "user",
  "user-name-wrong": "user",
};

function Recover({ status, onEnter, onBack }: { status: AppStatus; onEnter: Enter; onBack: () => void }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const recover = async ({ code, user, new_password }: Recovery) => {
    setBusy(true);
    setError(undefined);
    try {
      onEnter(await call("unlock_with_recovery", { code, user, new_password }), user);
    } catch (raw) {
      setError(raw);
      setBusy(false);
    }
  };
  const place = error === undefined ? undefined : places[readError(error).code];
  const at = (name: keyof Recovery) =>
    place === name ? { validateStatus: "error" as const, help: <FieldError error={error} /> } : {};
  return (
    <>
      <h1>{t("recover.title")}</h1>
      <p className="quiet">{t("recover.what")}</p>
      <Form layout="vertical" requiredMark={false} onFinish={recover} initialValues={{ user: firstUser(status) }}>
        <Form.Item
          name="code"
          label={t("recover.code")}
          rules={[{ required: true, message: t("recover.codeNeeded") }]}
          {...at("code")}
        >
          <Input.TextArea autoFocus rows={2} className="code-input" spellCheck={false} autoComplete="off" />
        </Form.Item>
        <div {...(place === "user" ? { className: "faulty" } : {})}>
          <UserField users={status.users} />
          {place === "user" && <FieldError error={error} />}
        </div>
        <Form.Item
          name="new_password"
          label={t("recover.password")}
          extra={t("setup.passwordRule", { shortest: SHORTEST_PASSWORD })}
          rules={passwordRules(t)}
          {...at("new_password")}
        >
          <Input.Password autoComplete="off" />
        </Form.Item>
        <Form.Item name="again" label={t("setup.again")} dependencies={["new_password"]} rules={[repeats(t, "new_password")]}>
          <Input.Password autoComplete="off" />
        </Form.Item>
        {error !== undefined && place === undefined && <ErrorNotice error={error} />}
        <div className="actions">
          <Button type="primary" size="large" htmlType="submit" loading={busy}>
            {t("recover.open")}
          </Button>
          {status.users.length > 0 && <Button onClick={onBack}>{t("recover.back")}</Button>}
        </div>
      </Form>
    </>
  );
}
