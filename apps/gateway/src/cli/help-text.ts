/** What `smartcall-gateway --help` prints. */
export const helpText = `smartcall-gateway: one front door for agents

Usage
  smartcall-gateway [serve] [flags]   run a gateway, as smartcall serve [flags] does
  smartcall-gateway schema            print the JSON Schema of smartcall.yaml

Flags of serve                        environment            default
  -p, --port <port>                   SMARTCALL_PORT         8080
      --host <address>                SMARTCALL_HOST         127.0.0.1
  -a, --agent <url>                                          an agent to dial; may be repeated
  -c, --config <file>                 SMARTCALL_CONFIG       smartcall.yaml, where there is one
      --log-level <level>             SMARTCALL_LOG_LEVEL    info (trace debug info warn error silent)
      --log-format <format>           SMARTCALL_LOG_FORMAT   auto (json pretty)
      --insecure                      SMARTCALL_INSECURE     open to all on an address others reach
  -h, --help
  -v, --version

A flag stands over a variable, a variable over the file.

Examples
  smartcall-gateway
  smartcall-gateway --port 9000 --agent http://127.0.0.1:7000
  smartcall-gateway --config ./smartcall.yaml --log-level debug

Then
  curl localhost:8080/v1/agents
  curl localhost:8080/v1/agents/echo/calls -H 'content-type: application/json' -d '{"text":"hi"}'
  open http://127.0.0.1:8080/docs`;
