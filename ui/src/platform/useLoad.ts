/** Reading from the core for a screen: what is shown stays until the new answer is there. */
import { useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

interface Answer<T> {
  to: string;
  data?: T;
  error?: unknown;
}

/**
 * Loads when shown and whenever `key` changes. The last good answer stays visible meanwhile, so that a list does not
 * flash while its next page is fetched; a screen about something else needs its own React key.
 */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>({ to: "" });
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const question = `${key}#${turn}`;
  useEffect(() => {
    let left = false;
    latest.current().then(
      (data) => {
        if (!left) setAnswer({ to: question, data });
      },
      (error: unknown) => {
        if (!left) setAnswer(({ data }) => ({ to: question, error, ...(data === undefined ? {} : { data }) }));
      },
    );
    return () => {
      left = true;
    };
  }, [question]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  const answered = answer.to === question;
  return { data: answer.data, error: answered ? answer.error : undefined, loading: !answered, reload };
}
