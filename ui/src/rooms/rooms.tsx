/** The rooms of the left rail, in its order: eight at an outlet, nine at a superior. A room's words are `rooms.<id>.name` and `rooms.<id>.empty`. */
import {
  ApartmentOutlined,
  BookOutlined,
  CalendarOutlined,
  FileSearchOutlined,
  FolderOpenOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

import { ArchiveRoom } from "./archive/ArchiveRoom";
import { ExchangeRoom } from "./exchange/ExchangeRoom";
import { InspectionsRoom } from "./inspections/InspectionsRoom";
import { LedgersRoom } from "./ledgers/LedgersRoom";
import { OutletsRoom } from "./outlets/OutletsRoom";
import { ResponsibilityRoom } from "./responsibility/ResponsibilityRoom";
import { RotationRoom } from "./rotation/RotationRoom";
import { SettingsRoom } from "./settings/SettingsRoom";
import { TodayRoom } from "./today/TodayRoom";

export interface Room {
  id: string;
  icon: ComponentType;
  /** What the room shows; reads its own place with `useRoute()`. */
  Screen: ComponentType<{ room: string }>;
  /** Only where institutions lie below. */
  superiorOnly?: boolean;
}

export const rooms: readonly Room[] = [
  { id: "today", icon: CalendarOutlined, Screen: TodayRoom },
  { id: "outlets", icon: ApartmentOutlined, Screen: OutletsRoom, superiorOnly: true },
  { id: "ledgers", icon: BookOutlined, Screen: LedgersRoom },
  { id: "archive", icon: FolderOpenOutlined, Screen: ArchiveRoom },
  { id: "inspections", icon: FileSearchOutlined, Screen: InspectionsRoom },
  { id: "rotation", icon: TeamOutlined, Screen: RotationRoom },
  { id: "responsibility", icon: SafetyCertificateOutlined, Screen: ResponsibilityRoom },
  { id: "exchange", icon: SwapOutlined, Screen: ExchangeRoom },
  { id: "settings", icon: SettingOutlined, Screen: SettingsRoom },
];
