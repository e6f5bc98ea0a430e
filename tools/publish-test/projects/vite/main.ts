import { callAgents } from "./call-agents";

const output = document.querySelector("output");
callAgents(location.origin).then(
  (answers) => output?.append(JSON.stringify(answers)),
  (error) => output?.append(String(error)),
);
