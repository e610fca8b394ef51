/** Institutions a person may look at here: the own one, and at a superior those below. */
import type { InstitutionBrief } from "../generated/core";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";
import { useSession } from "../session/Session";

export function useInstitutions(): readonly InstitutionBrief[] {
  const { institution, superior } = useSession();
  const { data } = useLoad(superior ? "institutions" : "own", () =>
    superior ? call("institutions_list") : Promise.resolve([institution]),
  );
  const all = data ?? [institution];
  return all.some(({ code }) => code === institution.code) ? all : [institution, ...all];
}
