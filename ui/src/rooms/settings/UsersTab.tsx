/** Users of this PC: each has a password of his own and a role. */
import { Button, Form, Input, Modal, Popconfirm, Select, Spin, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Role, UserView } from "../../generated/core";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { PersonPicker, type Names } from "../../record";
import { useSession } from "../../session/Session";
import { passwordRules, repeats } from "../../setup/password";

const roles: readonly Role[] = ["head", "officer", "staff", "reader"];

export function UsersTab() {
  const { t } = useTranslation();
  const { user: self } = useSession();
  const { data, error, reload } = useLoad("users", () => call("users_list"));
  const [adding, setAdding] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const head = self.role === "head";
  const remove = async (name: string) => {
    setRefused(undefined);
    try {
      await call("user_remove", { name });
      reload();
    } catch (raw) {
      setRefused(raw);
    }
  };
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("settings.tabs.users")}</h1>
        {head && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t("settings.users.add")}
          </Button>
        )}
      </div>
      <p className="quiet">{t("settings.users.what")}</p>
      {error !== undefined && <ErrorNotice error={error} />}
      {refused !== undefined && <ErrorNotice error={refused} />}
      {data === undefined && error === undefined && <Spin className="waiting" />}
      {data && (
        <div className="sheet">
          <Table<UserView>
            size="small"
            rowKey="name"
            pagination={false}
            dataSource={data}
            columns={[
              { title: t("settings.users.name"), dataIndex: "name", width: 200 },
              { title: t("settings.users.person"), render: (_, { display }) => display },
              { title: t("settings.users.role"), render: (_, { role }) => t(`settings.roles.${role}`) },
              {
                title: "",
                width: 160,
                align: "right",
                render: (_, { name }) =>
                  head && name !== self.name ? (
                    <Popconfirm
                      title={t("settings.users.removeTitle", { name })}
                      description={t("settings.users.removeWhat")}
                      okText={t("settings.users.remove")}
                      cancelText={t("form.close")}
                      onConfirm={() => remove(name)}
                    >
                      <Button size="small">{t("settings.users.remove")}</Button>
                    </Popconfirm>
                  ) : null,
              },
            ]}
          />
        </div>
      )}
      {adding && (
        <AddUser
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </section>
  );
}

interface NewUser {
  name: string;
  role: Role;
  password: string;
}

function AddUser({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [person, setPerson] = useState<string>();
  const [names, setNames] = useState<Names>({});
  const add = async ({ name, role, password }: NewUser) => {
    setBusy(true);
    setError(undefined);
    try {
      await call("user_add", { name: name.trim(), role, password, person: person ?? null });
      onAdded();
    } catch (raw) {
      setError(raw);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("settings.users.add")} onCancel={onClose} footer={null} destroyOnHidden>
      <Form<NewUser> layout="vertical" requiredMark={false} initialValues={{ role: "officer" }} onFinish={add}>
        <Form.Item
          name="name"
          label={t("settings.users.name")}
          rules={[{ required: true, whitespace: true, message: t("settings.users.nameNeeded") }]}
        >
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item label={t("settings.users.person")} extra={t("settings.users.personHint")}>
          <PersonPicker names={names} learn={setNames} value={person} onChange={setPerson} />
        </Form.Item>
        <Form.Item name="role" label={t("settings.users.role")}>
          <Select options={roles.map((value) => ({ value, label: t(`settings.rolesLong.${value}`) }))} />
        </Form.Item>
        <Form.Item name="password" label={t("settings.users.firstPassword")} rules={passwordRules(t)}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("settings.password.again")}
          dependencies={["password"]}
          rules={[{ required: true, message: t("setup.passwordNeeded") }, repeats(t, "password")]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t("settings.users.add")}
          </Button>
          <Button onClick={onClose}>{t("form.close")}</Button>
        </div>
      </Form>
    </Modal>
  );
}
