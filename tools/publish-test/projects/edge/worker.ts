import { callAgents } from "./call-agents.js";

export default {
  async fetch(request: Request): Promise<Response> {
    const gateway = new URL(request.url).searchParams.get("gateway") ?? "";
    return Response.json(await callAgents(gateway));
  },
};
