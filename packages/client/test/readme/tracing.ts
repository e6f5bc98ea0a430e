import * as openTelemetry from "@opentelemetry/api";
import { Smartcall } from "@smartcall/client";

export const smartcall = new Smartcall({ openTelemetry });
