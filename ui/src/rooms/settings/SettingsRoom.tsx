/** This PC: who may work on it, how it locks, copies, the standard in force, and who did what. */
import { useTranslation } from "react-i18next";

import { useRoute } from "../../layout/route";
import { TabBar } from "../../parts/TabBar";
import { useSession } from "../../session/Session";
import { AboutTab } from "./AboutTab";
import { ActivityTab } from "./ActivityTab";
import { PersonalTab } from "./PersonalTab";
import { StandardTab } from "./StandardTab";
import { StoreTab } from "./StoreTab";
import { UsersTab } from "./UsersTab";

const ROOM = "settings";
const screens = { personal: PersonalTab, users: UsersTab, standard: StandardTab, store: StoreTab, activity: ActivityTab, about: AboutTab };
type Place = keyof typeof screens;

function isPlace(id: string | undefined): id is Place {
  return id !== undefined && id in screens;
}

export function SettingsRoom() {
  const { t } = useTranslation();
  const { path } = useRoute();
  const { user } = useSession();
  const mayRead = user.role === "head" || user.role === "officer";
  const places = (Object.keys(screens) as Place[]).filter((id) => id !== "activity" || mayRead);
  const place = isPlace(path[1]) && places.includes(path[1]) ? path[1] : "personal";
  const Screen = screens[place];
  return (
    <>
      <TabBar
        label={t("rooms.settings.name")}
        current={place}
        tabs={places.map((id) => ({ id, label: t(`settings.tabs.${id}`), path: [ROOM, id] }))}
      />
      <Screen />
    </>
  );
}
