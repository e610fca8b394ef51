/** antd and dates speak the language the program speaks, in the program's look, under the window's content policy. */
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { nonce } from "./nonce";
import { englishTheme, theme } from "../theme/theme";

export function Words({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const chinese = i18n.language !== "en";
  dayjs.locale(chinese ? "zh-cn" : "en");
  return (
    <ConfigProvider
      locale={chinese ? zhCN : enUS}
      theme={chinese ? theme : englishTheme}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}
