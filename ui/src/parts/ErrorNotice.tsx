/** An error where it arose: what is wrong, and what to do next. */
import { Alert } from "antd";

import { useErrorText } from "../i18n/errors";

export function ErrorNotice({ error }: { error: unknown }) {
  const { text, next } = useErrorText()(error);
  return <Alert type="error" showIcon title={text} {...(next === null ? {} : { description: next })} />;
}
