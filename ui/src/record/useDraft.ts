/** Ties a form to its draft: saved by itself, offered again, gone once the record is saved. */
import { useEffect, useState } from "react";

import { call } from "../platform/client";
import { DraftKeeper, type DraftState } from "./draft";
import type { Content } from "./model";

export interface DraftOf {
  ledger: string;
  /** Record that is being corrected. */
  record: string | undefined;
  /** Draft that is continued. */
  draft: string | undefined;
}

export interface Draft {
  keeper: DraftKeeper<Content>;
  state: DraftState;
}

/** The keeper lives as long as the form; a form about something else needs its own React key. */
export function useDraft({ ledger, record, draft }: DraftOf): Draft {
  const [state, setState] = useState<DraftState>({ kind: "none" });
  const [keeper] = useState(
    () =>
      new DraftKeeper<Content>(
        {
          save: (id, content) =>
            call("draft_save", { ...(id === undefined ? {} : { id }), ledger, ...(record === undefined ? {} : { record }), content }),
          told: setState,
        },
        draft,
      ),
  );
  useEffect(() => {
    const flush = () => void keeper.flush();
    window.addEventListener("pagehide", flush);
    window.addEventListener("blur", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      window.removeEventListener("blur", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [keeper]);
  return { keeper, state };
}
