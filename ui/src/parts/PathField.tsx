/** A path that can be typed or picked. Works as a form control. */
import { Button, Input, Space } from "antd";
import { useTranslation } from "react-i18next";

import { desktop, type PathRequest } from "../platform/client";

export interface PathFieldProps {
  /** What is asked for. */
  kind: "file" | "folder" | "save";
  request: PathRequest;
  value?: string;
  onChange?: (path: string) => void;
  id?: string;
}

const pick = { file: desktop.pickFile, folder: desktop.pickFolder, save: desktop.pickSave };

export function PathField({ kind, request, value = "", onChange, id }: PathFieldProps) {
  const { t } = useTranslation();
  const browse = async () => {
    const path = await pick[kind](value === "" ? request : { ...request, suggested: value });
    if (path !== null) onChange?.(path);
  };
  return (
    <Space.Compact block>
      <Input {...(id ? { id } : {})} value={value} onChange={(event) => onChange?.(event.target.value)} />
      <Button onClick={browse}>{t("app.browse")}</Button>
    </Space.Compact>
  );
}
