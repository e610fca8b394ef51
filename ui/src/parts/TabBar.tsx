/** The parts of a room, as links: each has its own address, so that it can be linked to and gone back to. */
import { address } from "../layout/route";

export interface Tab {
  id: string;
  label: string;
  path: readonly string[];
  query?: Record<string, string>;
}

export function TabBar({ tabs, current, label }: { tabs: readonly Tab[]; current: string; label: string }) {
  return (
    <nav className="tab-bar" aria-label={label}>
      {tabs.map(({ id, label: words, path, query }) => (
        <a
          key={id}
          href={address(path, query)}
          {...(id === current ? { "aria-current": "page" as const, className: "on" } : {})}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}
