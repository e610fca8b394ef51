/** First run: an account of one's own, or a look at demo data; then the recovery code, before anything else. */
import { useState } from "react";

import type { AppStatus } from "../generated/core";
import { call } from "../platform/client";
import { ErrorNotice } from "../parts/ErrorNotice";
import type { ThresholdProps } from "../session/Threshold";
import { DemoChoice } from "./DemoChoice";
import { Kind, type Beginning } from "./Kind";
import { RecoverySheet } from "./RecoverySheet";
import { emptySetup, SetupForm, type SetupValues } from "./SetupForm";

type Step = { at: "kind" } | { at: "form" } | { at: "demo" } | { at: "recovery"; code: string };

export function SetupScreen({ status, onStatus }: ThresholdProps) {
  const [step, setStep] = useState<Step>({ at: "kind" });
  const [values, setValues] = useState<SetupValues>(() => emptySetup(status.today));
  const [error, setError] = useState<unknown>();

  const begin = (beginning: Beginning) => {
    if (beginning === "demo") setStep({ at: "demo" });
    else {
      const outlet = beginning === "outlet";
      // Going back and forth loses nothing that was typed; only what cannot be kept at the other level.
      const same = outlet === (values.level === "outlet");
      setValues({ ...values, ...(same ? {} : { level: outlet ? "outlet" : "branch", post: undefined }) });
      setStep({ at: "form" });
    }
  };
  const enter = async () => {
    setError(undefined);
    try {
      onStatus(await call("app_status"));
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <div className="threshold">
      <div className="sheet">
        {error !== undefined && <ErrorNotice error={error} />}
        {step.at === "kind" && <Kind onChoose={begin} />}
        {step.at === "form" && (
          <SetupForm
            values={values}
            today={status.today}
            onChange={setValues}
            onBack={() => setStep({ at: "kind" })}
            onDone={({ recovery_code }) => setStep({ at: "recovery", code: recovery_code })}
          />
        )}
        {step.at === "recovery" && <RecoverySheet code={step.code} onKept={() => void enter()} />}
        {step.at === "demo" && <DemoChoice onBack={() => setStep({ at: "kind" })} onStatus={(next: AppStatus) => onStatus(next)} />}
      </div>
    </div>
  );
}
