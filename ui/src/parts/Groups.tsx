/** A code in groups that can be read aloud: large, evenly spaced, each group with its number. */
import { groupsOf } from "./codes";

export function Groups({ code, label }: { code: string; label: string }) {
  return (
    <ol className="groups" aria-label={label} data-code={code}>
      {groupsOf(code).map((group, at) => (
        <li key={at}>{group}</li>
      ))}
    </ol>
  );
}
