import { create, type JsonObject, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type AgentCard,
  AgentCardSchema,
  type Message,
  type SkillSchema,
} from "@smartcall/protocol/proto";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Agent, AgentContext, AgentOutput, AgentYield } from "./agent.js";
import { dataOf, textOf } from "./parts.js";
import { checkAgainst, issuesError, jsonSchemaFrom } from "./standard-schema.js";

type Input<I> = I extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<I> : Message;

type Output<O> = O extends StandardSchemaV1
  ? StandardSchemaV1.InferInput<O> | Message
  : AgentOutput;

type Answer<O> = Output<O> | undefined;

/** What {@link defineAgent} makes an agent of. */
export interface AgentDefinition<
  I extends StandardSchemaV1 | undefined = undefined,
  O extends StandardSchemaV1 | undefined = undefined,
> {
  /** The agent's address: lower-case letters, digits and hyphens, 63 at most. */
  name: string;
  /** What it does, for people and for models that choose. */
  description: string;
  /** Default: none. */
  version?: string;
  /** What it can do. Default: none. */
  skills?: MessageInitShape<typeof SkillSchema>[];
  /** Words by which a target or an operator picks agents. Default: none. */
  labels?: Record<string, string>;
  /** Any Standard Schema of the data it takes. Default: none, `run` then gets the message. */
  input?: I;
  /** Any Standard Schema of the data it answers with. Default: none, anything goes. */
  output?: O;
  /** JSON Schema of the input, for a library that cannot tell. Default: what `input` says. */
  inputSchema?: JsonObject;
  /** JSON Schema of the output, for a library that cannot tell. Default: what `output` says. */
  outputSchema?: JsonObject;
  /** Whether the answer comes in pieces. Default: whether `run` is a generator function. */
  streaming?: boolean;
  /**
   * Runs one call.
   *
   * Answers with text, data, parts or a message, at once or by a promise; or yields text and
   * events, the texts being the answer unless it returns one. A stream of text will do. A throw fails the task: a
   * `SmartcallError` with its reason, anything else as AGENT_FAILED with its message.
   */
  run(
    input: Input<I>,
    context: AgentContext,
  ):
    | Answer<O>
    | Promise<Answer<O>>
    | Generator<AgentYield, Answer<O>>
    | AsyncIterable<AgentYield, Answer<O>>;
}

const names = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Makes an agent that `attach` and `serve` take.
 *
 * With `input`, the value of the message's first data part is validated, or where it has none
 * `{ text }` with the message's text, or else that text itself; what fits none is REJECTED with
 * AGENT_REJECTED and one line for each place that is wrong.
 *
 * @throws {TypeError} when the name is no address.
 */
export function defineAgent<
  I extends StandardSchemaV1 | undefined = undefined,
  O extends StandardSchemaV1 | undefined = undefined,
>(definition: AgentDefinition<I, O>): Agent {
  const { input, output } = definition;
  const run = definition.run.bind(definition) as (input: unknown, context: AgentContext) => unknown;
  return {
    card: cardOf(definition),
    run: input ? (message, context) => runChecked(input, message, context, run) : run,
    ...(output && { checkOutput: (value: unknown) => checkOutput(output, value) }),
  };
}

function cardOf(
  definition: AgentDefinition<StandardSchemaV1 | undefined, StandardSchemaV1 | undefined>,
): AgentCard {
  const { name, description, version, skills, labels, input, output, run } = definition;
  if (!names.test(name)) {
    throw new TypeError(
      `An agent's name is of lower-case letters, digits and hyphens, 63 at most; "${name}" is not.`,
    );
  }
  const inputSchema = definition.inputSchema ?? (input && jsonSchemaFrom(input, "input"));
  const outputSchema = definition.outputSchema ?? (output && jsonSchemaFrom(output, "output"));
  return create(AgentCardSchema, {
    name,
    description,
    version: version ?? "",
    skills: skills ?? [],
    labels: labels ?? {},
    streaming: definition.streaming ?? generators.has(Object.getPrototypeOf(run)),
    ...(inputSchema && { inputSchema }),
    ...(outputSchema && { outputSchema }),
  });
}

const generators = new Set<unknown>([
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async function* () {}),
]);

function runChecked(
  schema: StandardSchemaV1,
  message: Message,
  context: AgentContext,
  run: (input: unknown, context: AgentContext) => unknown,
): unknown {
  const data = dataOf(message);
  const text = data === undefined ? textOf(message) : "";
  const checked = checkAgainst(schema, data === undefined ? [{ text }, text] : [data]);
  return checked instanceof Promise ? checked.then(go) : go(checked);

  function go(result: StandardSchemaV1.Result<unknown>): unknown {
    if (result.issues)
      throw issuesError("AGENT_REJECTED", "The input does not fit.", result.issues);
    return run(result.value, context);
  }
}

function checkOutput(schema: StandardSchemaV1, value: unknown): unknown {
  const checked = checkAgainst(schema, [value]);
  return checked instanceof Promise ? checked.then(take) : take(checked);

  function take(result: StandardSchemaV1.Result<unknown>): unknown {
    if (result.issues) throw issuesError("AGENT_FAILED", "The answer does not fit.", result.issues);
    return result.value;
  }
}
