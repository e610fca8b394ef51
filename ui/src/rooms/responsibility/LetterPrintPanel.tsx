/** What is printed, in which language, where to, and on how many files. */
import { Button, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Lang, LetterPlan } from "../../generated/core";
import { currentLanguage } from "../../i18n";
import { startJob } from "../../jobs";
import { PathField } from "../../parts/PathField";
import { call } from "../../platform/client";
import { useLoad } from "../../platform/useLoad";
import { useText } from "../../standard";

export const LETTERS_JOB = "letters";

export interface LetterPrintPanelProps {
  plan: LetterPlan;
  /** Appointment records of those who sign. */
  appointments: readonly string[];
  onClose: () => void;
  onPrinted: () => void;
}

export function LetterPrintPanel({ plan, appointments, onClose, onPrinted }: LetterPrintPanelProps) {
  const { t } = useTranslation();
  const say = useText();
  const [template, setTemplate] = useState(plan.templates[0]?.id);
  const [lang, setLang] = useState<Lang>(currentLanguage() === "en" ? "en" : "zh");
  const [merged, setMerged] = useState(true);
  const settings = useLoad("settings", () => call("settings_get"));
  const [typed, setTyped] = useState<string>();
  const dir = typed ?? settings.data?.print_dir ?? "";

  const print = () => {
    if (template === undefined) return;
    const wanted = { year: plan.year, template, appointments: [...appointments], lang, dir: dir.trim(), merged };
    startJob(LETTERS_JOB, async (job) => {
      const printed = await call("letters_print", { ...wanted, job });
      onPrinted();
      if (settings.data) await call("settings_set", { ...settings.data, print_dir: wanted.dir }).catch(() => undefined);
      return printed;
    });
  };
  return (
    <div className="print-panel" role="group" aria-label={t("letters.print", { count: appointments.length })}>
      <label>
        <span>{t("letters.template")}</span>
        <Select<string>
          className="wide"
          {...(template === undefined ? {} : { value: template })}
          onChange={setTemplate}
          options={plan.templates.map(({ id, title }) => ({ value: id, label: say(title) }))}
        />
      </label>
      <label>
        <span>{t("letters.lang")}</span>
        <Radio.Group
          value={lang}
          onChange={(event) => setLang(event.target.value === "en" ? "en" : "zh")}
          options={[
            { value: "zh", label: t("languages.zh-CN") },
            { value: "en", label: t("languages.en") },
          ]}
        />
      </label>
      <label>
        <span>{t("letters.files")}</span>
        <Radio.Group
          value={merged}
          onChange={(event) => setMerged(event.target.value === true)}
          options={[
            { value: true, label: t("letters.merged") },
            { value: false, label: t("letters.separate") },
          ]}
        />
      </label>
      <label className="full">
        <span>{t("letters.dir")}</span>
        <PathField kind="folder" request={{ title: t("letters.dir") }} value={dir} onChange={setTyped} />
      </label>
      <div className="full actions">
        <Button type="primary" disabled={template === undefined || dir.trim() === ""} onClick={print}>
          {t("letters.printNow", { count: appointments.length })}
        </Button>
        <Button onClick={onClose}>{t("form.close")}</Button>
        <span className="quiet">{t("letters.printNote")}</span>
      </div>
    </div>
  );
}
