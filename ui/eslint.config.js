import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const keyListeners = [
  {
    selector: "CallExpression[callee.property.name='addEventListener'][arguments.0.value=/^key(down|up|press)$/]",
    message: "Use useShortcut from src/keys: no key press may act while an input method is composing.",
  },
  {
    selector: "JSXAttribute[name.name=/^onKey(Down|Up|Press)$/] > JSXExpressionContainer > ArrowFunctionExpression",
    message: "Wrap the handler in settled() from src/keys: no key press may act while an input method is composing.",
  },
];

const contentPolicy = {
  selector: "JSXAttribute[name.name='autoSize']",
  message: "antd measures it with an inline style, which the content policy blocks: use Lines from src/parts.",
};

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/generated"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js", "scripts/*.mjs"] } },
    },
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/platform/tauri.ts knows the desktop shell." }] },
      ],
      "no-restricted-syntax": ["error", ...keyListeners, contentPolicy],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Taking a key out of an object names it; that is the point.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  { files: ["src/platform/tauri.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["src/keys/**"], rules: { "no-restricted-syntax": ["error", contentPolicy] } },
  {
    files: ["**/*.{js,mjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
);
