/* On pages without a film: what a lesson could not send, and was closed with, is sent from here. */

import { sendKept } from "./unsent.js";

sendKept();
