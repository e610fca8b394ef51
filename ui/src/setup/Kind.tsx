/** The first question: who is sitting here. */
import { ApartmentOutlined, BankOutlined, ExperimentOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

export type Beginning = "outlet" | "superior" | "demo";

const choices = [
  { id: "outlet", icon: BankOutlined },
  { id: "superior", icon: ApartmentOutlined },
  { id: "demo", icon: ExperimentOutlined },
] as const;

export function Kind({ onChoose }: { onChoose: (beginning: Beginning) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("setup.welcome")}</h1>
      <p className="quiet">{t("setup.offline")}</p>
      <div className="big-choices">
        {choices.map(({ id, icon: Icon }, at) => (
          <button key={id} type="button" className="big-choice" autoFocus={at === 0} onClick={() => onChoose(id)}>
            <Icon />
            <span>
              <strong>{t(`setup.kinds.${id}.title`)}</strong>
              <span className="quiet">{t(`setup.kinds.${id}.what`)}</span>
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
