/** Who made an enrolment file, as the file says; only the fingerprint proves it. */
import { useTranslation } from "react-i18next";

import type { EnrolReview } from "../../generated/core";
import { shownTime } from "../../record";
import { useText } from "../../standard";

export function EnrolWho({ review }: { review: EnrolReview }) {
  const { t } = useTranslation();
  const say = useText();
  const lines = [
    [t("institutions.name"), say(review.name)],
    [t("institutions.code"), review.institution],
    [t("institutions.level"), t(`level.${review.level}`)],
    [t("enrol.created"), shownTime(review.created)],
  ];
  return (
    <dl className="particulars">
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {review.demo && (
        <div>
          <dt />
          <dd className="state open">{t("enrol.demo")}</dd>
        </div>
      )}
    </dl>
  );
}
