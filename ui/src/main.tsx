import "./i18n";
import "./theme/base.css";
import "./theme/record.css";
import "./theme/places.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { Words } from "./layout/Words";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Words>
        <App />
      </Words>
    </StrictMode>,
  );
}
