/** Before the rooms: setting up, or unlocking. The language can be switched on both. */
import { useTranslation } from "react-i18next";

import mark from "../../../assets/icons/icon.svg";
import type { AppStatus } from "../generated/core";
import { LanguageSwitch } from "../layout/LanguageSwitch";
import { SetupScreen } from "../setup/SetupScreen";
import { UnlockScreen } from "./UnlockScreen";

export interface ThresholdProps {
  status: AppStatus;
  onStatus: (status: AppStatus) => void;
}

export function Threshold({ status, onStatus }: ThresholdProps) {
  const { t } = useTranslation();
  return (
    <div className="threshold-page">
      <header className="threshold-top">
        <img src={mark} alt="" />
        <span>{t("app.name")}</span>
        <LanguageSwitch />
      </header>
      {status.phase === "setup" ? (
        <SetupScreen status={status} onStatus={onStatus} />
      ) : (
        <UnlockScreen status={status} onStatus={onStatus} />
      )}
    </div>
  );
}
