/** Which program this is, where its file lies, and whose work it uses. */
import { useTranslation } from "react-i18next";

import { useSession } from "../../session/Session";

export function AboutTab() {
  const { t } = useTranslation();
  const { status, institution } = useSession();
  return (
    <section aria-labelledby="room-name">
      <div className="room-head">
        <h1 id="room-name">{t("app.name")}</h1>
        <span className="quiet">{status.version}</span>
      </div>
      <div className="sheet">
        <dl className="facts">
          <div className="fact">
            <dt>{t("institutions.code")}</dt>
            <dd>{institution.code}</dd>
          </div>
          <div className="fact">
            <dt>{t("settings.about.store")}</dt>
            <dd>{status.store}</dd>
          </div>
          <div className="fact">
            <dt>{t("settings.about.licence")}</dt>
            <dd>{t("settings.about.licenceWords")}</dd>
          </div>
          <div className="fact">
            <dt>{t("settings.about.fonts")}</dt>
            <dd>{t("settings.about.fontsWords")}</dd>
          </div>
        </dl>
        <p className="quiet">{t("settings.about.offline")}</p>
      </div>
    </section>
  );
}
