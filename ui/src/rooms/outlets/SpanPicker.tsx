import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { Span } from "./span";

/** From which day to which. */
export function SpanPicker({ span, today, onChange }: { span: Span; today: string; onChange: (span: Span) => void }) {
  const { t } = useTranslation();
  return (
    <DatePicker.RangePicker
      aria-label={t("outlets.span")}
      allowClear={false}
      maxDate={dayjs(today)}
      value={[dayjs(span.from), dayjs(span.until)]}
      onChange={(days) => {
        const [from, until] = days ?? [];
        if (from && until) onChange({ from: from.format("YYYY-MM-DD"), until: until.format("YYYY-MM-DD") });
      }}
    />
  );
}
