import { settled } from "../keys";

/** Enter in a calendar takes the typed day; it does not send the form off as well. */
export const enterStays = settled<HTMLElement>((event) => {
  if (event.key === "Enter") event.preventDefault();
});
