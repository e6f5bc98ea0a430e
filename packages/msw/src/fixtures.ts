import type { operations, RegistryEvent, TaskEvent } from "@smartcall/protocol/openapi";

/** The name of an operation of the REST face, as in its OpenAPI document. */
export type OperationId = keyof operations;

type JsonOf<Body> = Body extends { content: { "application/json": infer Json } } ? Json : never;
type Responses<Id extends OperationId> = operations[Id]["responses"];

/** The JSON body that an operation takes; never for one that takes none. */
export type RequestBody<Id extends OperationId> = operations[Id] extends { requestBody: infer Body }
  ? JsonOf<Body>
  : never;

/** What an operation answers: its JSON body, or the events of a stream. */
export type Answer<Id extends OperationId> =
  Responses<Id> extends { 200: { content: { "text/event-stream": unknown } } }
    ? readonly (Id extends "watchAgents" ? RegistryEvent : TaskEvent)[]
    : Responses<Id> extends { 200: infer Success }
      ? JsonOf<Success>
      : never;

type Field<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : { readonly [Key in Name]: Value };

/** One real example of an operation: what is sent, and what is answered. */
export type Fixture<Id extends OperationId> = Field<"request", RequestBody<Id>> &
  Field<
    Answer<Id> extends readonly (TaskEvent | RegistryEvent)[] ? "events" : "response",
    Answer<Id>
  > &
  Field<"accepted", Responses<Id> extends { 202: infer Accepted } ? JsonOf<Accepted> : never>;

/** One real example of every operation. */
export type Fixtures = { readonly [Id in OperationId]: Fixture<Id> };
