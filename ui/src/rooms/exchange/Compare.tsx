/** A fingerprint is worth something only when it was compared by voice: read aloud and ticked, or typed as heard. */
import { Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";

import { sameCode } from "../../parts/codes";
import { Groups } from "../../parts/Groups";
import type { Compared } from "./compared";

export interface CompareProps {
  /** The fingerprint of the file. */
  fingerprint: string;
  /** Who reads theirs aloud. */
  who: string;
  value: Compared;
  onChange: (value: Compared) => void;
}

export function Compare({ fingerprint, who, value, onChange }: CompareProps) {
  const { t } = useTranslation();
  const { typed, ticked } = value;
  const heard = typed.trim() !== "";
  const same = sameCode(typed, fingerprint);
  return (
    <>
      <p>{t("compare.how", { who })}</p>
      <Groups code={fingerprint} label={t("compare.fingerprint")} />
      <Checkbox checked={ticked} disabled={heard} onChange={({ target }) => onChange({ typed, ticked: target.checked })}>
        {t("compare.same")}
      </Checkbox>
      <label className="narrow typed">
        <span className="quiet">{t("compare.orType")}</span>
        <Input
          className="code-input"
          value={typed}
          spellCheck={false}
          autoComplete="off"
          status={heard && !same ? "warning" : ""}
          onChange={({ target }) => onChange({ typed: target.value, ticked: false })}
        />
        {heard && (
          <span className={same ? "state settled" : "state bad"} role="status">
            {t(same ? "compare.typedSame" : "compare.typedDiffers")}
          </span>
        )}
      </label>
    </>
  );
}
