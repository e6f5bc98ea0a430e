/** What `@opentelemetry/api` has of which a client makes use. */
export interface OpenTelemetryApi {
  readonly context: { active(): unknown };
  readonly propagation: { inject(context: never, carrier: Record<string, string>): void };
}
