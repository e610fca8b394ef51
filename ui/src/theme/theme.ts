/** The look: white and light grey, one calm blue for action, red only for overdue and failed, amber for soon. */
import type { ThemeConfig } from "antd";

export const colours = {
  action: "#2b5c96",
  failed: "#b3261e",
  soon: "#a86400",
  done: "#2f6f4e",
  ink: "#1f2733",
  quiet: "#5c6675",
  line: "#dfe3e8",
  ground: "#f4f5f7",
} as const;

const chinese = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"';

/** In English a Latin face comes first: Chinese faces set quotes and dashes as wide as a character. */
export const faces = {
  chinese: `${chinese}, system-ui, sans-serif`,
  english: `"Segoe UI", "Noto Sans", "Liberation Sans", Arial, ${chinese}, sans-serif`,
} as const;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.action,
    colorInfo: colours.action,
    colorLink: colours.action,
    colorError: colours.failed,
    colorWarning: colours.soon,
    colorSuccess: colours.done,
    // antd derives grounds from the signs' own colours, which are dark here.
    controlItemBgActive: "#e9eff7",
    controlItemBgActiveHover: "#dfe9f4",
    colorSuccessBg: "#eff6f2",
    colorSuccessBorder: "#bcd8c8",
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorBorderSecondary: colours.line,
    colorBgLayout: colours.ground,
    fontFamily: faces.chinese,
    fontSize: 14,
    borderRadius: 3,
    controlHeight: 30,
    motion: false,
    boxShadow: "0 1px 3px rgb(31 39 51 / 12%)",
    boxShadowSecondary: "0 4px 16px rgb(31 39 51 / 14%)",
  },
  components: {
    Table: { cellPaddingBlock: 6, cellPaddingInline: 10, cellPaddingBlockSM: 5, cellPaddingInlineSM: 7, headerBg: "#eef0f3", headerSplitColor: "transparent" },
    Form: { itemMarginBottom: 14, verticalLabelPadding: "0 0 4px" },
    Card: { headerHeight: 40, bodyPadding: 16, headerPadding: 16 },
    Menu: { itemHeight: 36, itemBorderRadius: 3, itemSelectedBg: "#e3ebf5", itemMarginInline: 6 },
    Modal: { titleFontSize: 16 },
    Button: { primaryShadow: "none", defaultShadow: "none" },
  },
};

export const englishTheme: ThemeConfig = { ...theme, token: { ...theme.token, fontFamily: faces.english } };
