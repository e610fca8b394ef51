/** An error of the core at the field it is about, in one line. */
import { useErrorText } from "../i18n/errors";

export function FieldError({ error }: { error: unknown }) {
  const { text, next } = useErrorText()(error);
  return (
    <span role="alert">
      {text} {next}
    </span>
  );
}
