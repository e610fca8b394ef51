/**
 * Several lines of text in a field that grows with them. antd's own growing field measures itself with a style
 * attribute, which the content policy forbids; counting lines is enough here.
 */
import { Input } from "antd";
import type { TextAreaProps } from "antd/es/input";

/** Latin letters that fit into a line of a form; a Chinese character takes two. */
const LETTERS = 92;

/** Lines that a text takes, between `least` and `most`. */
export function linesOf(text: string, least: number, most: number): number {
  const breadth = (line: string) => Array.from(line).reduce((sum, character) => sum + (character > "\u2e7f" ? 2 : 1), 0);
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(breadth(line) / LETTERS)), 0);
  return Math.min(most, Math.max(least, lines));
}

export interface LinesProps extends Omit<TextAreaProps, "rows" | "autoSize" | "value"> {
  value: string;
  least?: number;
  most?: number;
}

export function Lines({ value, least = 2, most = 10, ...rest }: LinesProps) {
  return <Input.TextArea {...rest} value={value} rows={linesOf(value, least, most)} />;
}
