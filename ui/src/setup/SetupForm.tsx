/** The account of one's own: institution, first person, login. Errors stand at their fields; nothing typed is lost. */
import { Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Level, SetupArgs, SetupDone } from "../generated/core";
import { currentLanguage } from "../i18n";
import { enterStays } from "../parts/enterStays";
import { ErrorNotice } from "../parts/ErrorNotice";
import { FieldError } from "../parts/FieldError";
import { call, readError } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { useText } from "../standard";
import { passwordRules, repeats, SHORTEST_PASSWORD } from "./password";

export interface SetupValues {
  level: Level;
  code: string;
  name_zh: string;
  name_en: string;
  opened: Dayjs | null;
  person_name: string;
  post: string | undefined;
  user: string;
  password: string;
  again: string;
}

export function emptySetup(today: string): SetupValues {
  return {
    level: "outlet",
    code: "",
    name_zh: "",
    name_en: "",
    opened: dayjs(today),
    person_name: "",
    post: undefined,
    user: "",
    password: "",
    again: "",
  };
}

/** What is sent to the core. An institution that has a name in one language only goes by that one. */
export function setupArgs(values: SetupValues, english: boolean): SetupArgs {
  const { level, code, name_zh, name_en, opened, person_name, post, user, password } = values;
  return {
    lang: english ? "en" : "zh",
    level,
    code: code.trim(),
    name_zh: name_zh.trim() || name_en.trim(),
    name_en: name_en.trim(),
    opened: opened ? opened.format("YYYY-MM-DD") : null,
    person_name: person_name.trim(),
    post: post ?? null,
    user: user.trim(),
    password,
  };
}

/** Which field an error of the core belongs to. */
export function placeOfError(raw: unknown): keyof SetupValues | undefined {
  const { code, fields } = readError(raw);
  const places: Record<string, keyof SetupValues> = {
    "institution-code-wrong": "code",
    "user-name-wrong": "user",
    "password-too-short": "password",
    "post-unknown": "post",
    "date-wrong": "opened",
  };
  if (code === "field-required") {
    const named = fields["field"];
    return named === "name_zh" || named === "person_name" ? named : undefined;
  }
  return places[code];
}

const superiorLevels: readonly Level[] = ["head_office", "branch", "sub_branch"];

export interface SetupFormProps {
  values: SetupValues;
  today: string;
  onChange: (values: SetupValues) => void;
  onBack: () => void;
  onDone: (done: SetupDone) => void;
}

export function SetupForm({ values, today, onChange, onBack, onDone }: SetupFormProps) {
  const { t } = useTranslation();
  const say = useText();
  const english = currentLanguage() === "en";
  const standard = useLoad("default", () => call("standard_default"));
  const [form] = Form.useForm<SetupValues>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const level = values.level;
  const outlet = values.level === "outlet";
  const posts = (standard.data?.posts ?? []).filter(({ levels }) => levels.includes(level));

  const create = async () => {
    setBusy(true);
    setError(undefined);
    try {
      onDone(await call("setup_create", setupArgs({ ...values, ...form.getFieldsValue() }, english)));
    } catch (raw) {
      setError(raw);
      setBusy(false);
      const place = placeOfError(raw);
      if (place) form.scrollToField(place, { focus: true });
    }
  };
  const place = error === undefined ? undefined : placeOfError(error);
  const at = (name: keyof SetupValues) =>
    place === name ? { validateStatus: "error" as const, help: <FieldError error={error} /> } : {};
  const needed = { required: true, whitespace: true, message: t("setup.needed") };

  const names = [
    <Form.Item key="zh" name="name_zh" label={t("setup.nameZh")} {...(english ? {} : { rules: [needed] })} {...at("name_zh")}>
      <Input maxLength={80} />
    </Form.Item>,
    <Form.Item key="en" name="name_en" label={t("setup.nameEn")} {...(english ? { rules: [needed] } : {})}>
      <Input maxLength={120} />
    </Form.Item>,
  ];
  return (
    <>
      <h1>{t(outlet ? "setup.outletTitle" : "setup.superiorTitle")}</h1>
      <Form<SetupValues>
        form={form}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError={{ focus: true }}
        initialValues={values}
        onValuesChange={(change: Partial<SetupValues>, all) => {
          if (change.level) form.setFieldValue("post", undefined);
          onChange({ ...values, ...all, ...(change.level ? { post: undefined } : {}) });
          if (error !== undefined) setError(undefined);
        }}
        onFinish={create}
      >
        <h2>{t("setup.institution")}</h2>
        <div className="two">
          {outlet ? null : (
            <Form.Item name="level" label={t("setup.level")} rules={[{ required: true }]}>
              <Select autoFocus options={superiorLevels.map((value) => ({ value, label: t(`level.${value}`) }))} />
            </Form.Item>
          )}
          <Form.Item
            name="code"
            label={t("setup.code")}
            {...(place === "code" ? at("code") : { extra: t("setup.codeHint") })}
            rules={[
              needed,
              { pattern: /^\s*[A-Za-z0-9][A-Za-z0-9-]{0,31}\s*$/, message: t("setup.codeRule") },
            ]}
          >
            <Input autoFocus={outlet} maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="opened" label={t("setup.opened")} extra={t("setup.openedHint")} {...at("opened")}>
            <DatePicker className="wide" maxDate={dayjs(today)} onKeyDown={enterStays} />
          </Form.Item>
        </div>
        <div className="two">{english ? [...names].reverse() : names}</div>
        <h2>{t("setup.person")}</h2>
        <div className="two">
          <Form.Item name="person_name" label={t("setup.personName")} rules={[needed]} {...at("person_name")}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="post" label={t("setup.post")} {...(place === "post" ? at("post") : { extra: t("setup.postHint") })}>
            <Select
              allowClear
              placeholder={t("setup.postLater")}
              loading={standard.data === undefined && standard.error === undefined}
              popupMatchSelectWidth={false}
              options={posts.map(({ id, title }) => ({ value: id, label: say(title) }))}
            />
          </Form.Item>
        </div>
        {standard.error !== undefined && <ErrorNotice error={standard.error} />}
        <h2>{t("setup.login")}</h2>
        <Form.Item name="user" label={t("setup.user")} rules={[needed]} {...(place === "user" ? at("user") : { extra: t("setup.userHint") })}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <div className="two">
          <Form.Item
            name="password"
            label={t("setup.password")}
            {...(place === "password" ? at("password") : { extra: t("setup.passwordRule", { shortest: SHORTEST_PASSWORD }) })}
            rules={passwordRules(t)}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="again" required label={t("setup.again")} dependencies={["password"]} rules={[repeats(t, "password")]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        {error !== undefined && place === undefined && <ErrorNotice error={error} />}
        <div className="actions">
          <Button type="primary" size="large" htmlType="submit" loading={busy}>
            {t("setup.create")}
          </Button>
          <Button size="large" onClick={onBack} disabled={busy}>
            {t("setup.back")}
          </Button>
        </div>
      </Form>
    </>
  );
}
