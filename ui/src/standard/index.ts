export { StandardIs, StandardProvider, useStandard } from "./Standard";
export * from "./lists";
export { useText, wording } from "./text";
