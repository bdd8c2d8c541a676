// The document inside a chat frame or popup window.

import { mountChat } from "./chat.js";

mountChat(document.body, JSON.parse(document.getElementById("config").textContent));
