#!/usr/bin/env node
import { attach, SmartcallError } from "@smartcall/agent";
import { demoAgents } from "./index.js";

// Logs one line when the gateway has taken the agents; SIGTERM and SIGINT end it with exit code 0.
const attachment = attach(demoAgents);
try {
  await attachment.ready;
} catch (error) {
  // The log has said why; to be stopped before that is no failure.
  const stopped = error instanceof SmartcallError && error.reason === "CANCELED";
  if (!stopped) process.exitCode = 1;
}
