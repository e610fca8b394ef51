/** The frame around every room: rail on the left, institution and person on top, the demo banner over all. */
import { LockOutlined } from "@ant-design/icons";
import { Button, Menu } from "antd";
import { useTranslation } from "react-i18next";

import mark from "../../../assets/icons/icon.svg";
import { rooms } from "../rooms/rooms";
import { LanguageSwitch } from "./LanguageSwitch";
import { go, useRoute } from "./route";

export interface ShellProps {
  institution: string;
  user: string;
  /** A demo store says so on every screen, for ever. */
  demo: boolean;
  /** Institutions lie below: the room that shows them is there, too. */
  superior?: boolean;
  onLock: () => void;
}

export function Shell({ institution, user, demo, superior = false, onLock }: ShellProps) {
  const { t } = useTranslation();
  const { path } = useRoute();
  const shown = rooms.filter(({ superiorOnly }) => superior || superiorOnly !== true);
  const room = shown.find(({ id }) => id === path[0]) ?? shown[0];
  if (!room) return null;
  return (
    <div className="shell">
      {demo && (
        <div className="shell-banner" role="note">
          {t("app.demo")}
        </div>
      )}
      <nav className="shell-rail" aria-label={t("app.rooms")}>
        <div className="shell-mark">
          <img src={mark} alt="" />
          {t("app.short")}
        </div>
        <Menu
          mode="inline"
          className="shell-menu"
          inlineIndent={12}
          selectedKeys={[room.id]}
          onClick={({ key }) => go([key])}
          items={shown.map(({ id, icon: Icon }) => ({ key: id, icon: <Icon />, label: t(`rooms.${id}.name`) }))}
        />
      </nav>
      <header className="shell-top">
        <span className="shell-institution" title={institution}>
          {institution}
        </span>
        <span className="shell-user" title={user}>
          {user}
        </span>
        <LanguageSwitch />
        <Button type="text" icon={<LockOutlined />} onClick={onLock}>
          {t("app.lock")}
        </Button>
      </header>
      <main className="shell-room">
        <room.Screen key={room.id} room={room.id} />
      </main>
    </div>
  );
}
