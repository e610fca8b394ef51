/** At a superior: every institution below, gaps first; each number opens the list it counts. */
import { useTranslation } from "react-i18next";

import { useRoute } from "../../layout/route";
import { TabBar } from "../../parts/TabBar";
import { DutiesTab } from "./DutiesTab";
import { OutletDuties } from "./OutletDuties";
import { OutletPage } from "./OutletPage";
import { OverviewTab } from "./OverviewTab";

export function OutletsRoom() {
  const { t } = useTranslation();
  const { path } = useRoute();
  const [, code, what] = path;
  if (code !== undefined && code !== "duties")
    return what === "duties" ? <OutletDuties key={code} code={code} /> : <OutletPage key={code} code={code} />;
  const tabs = [
    { id: "overview", label: t("outlets.overview"), path: ["outlets"] },
    { id: "duties", label: t("outlets.byDuty"), path: ["outlets", "duties"] },
  ];
  return (
    <>
      <TabBar tabs={tabs} current={code ?? "overview"} label={t("rooms.outlets.name")} />
      {code === "duties" ? <DutiesTab /> : <OverviewTab />}
    </>
  );
}
