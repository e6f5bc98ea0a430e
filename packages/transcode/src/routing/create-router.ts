import type { HttpBinding } from "../template/bindings.js";
import type { PlainSegment } from "../template/parse-template.js";

/** What a request's method and path lead to. */
export type Match<Route> = RouteMatch<Route> | AllowMatch | { readonly kind: "none" };

/** An operation that is reached by this method and path. */
export interface RouteMatch<Route> {
  readonly kind: "route";
  readonly route: Route;
  /** The path's segments as they were sent, the verb taken off. */
  readonly segments: readonly string[];
  /** What follows the question mark, as it was sent. */
  readonly query: string;
}

/** A path that exists, asked with OPTIONS or with a method that it does not have. */
export interface AllowMatch {
  readonly kind: "options" | "method-not-allowed";
  /** The value of the Allow header. */
  readonly allow: string;
}

export interface Router<Route> {
  /**
   * Finds the operation for an HTTP method and a target (`path?query`, as it was sent).
   *
   * Literals win over `*`, and `*` over `**`; a verb wins over the same text as part of a value. A
   * segment that is `.` or `..` is no value, nor is an empty one except within `**`. HEAD finds
   * what GET does.
   */
  match(method: string, target: string): Match<Route>;
}

interface Node<Route> {
  readonly literals: Map<string, Node<Route>>;
  single: Node<Route> | undefined;
  multi: Node<Route> | undefined;
  /** By verb (`""` for none), then by HTTP method. */
  readonly ends: Map<string, Map<string, Route>>;
}

const none = { kind: "none" } as const;

/**
 * Builds a router over routes.
 *
 * @throws {Error} when two routes have the same method and, names of variables apart, the same path.
 */
export function createRouter<Route extends { readonly binding: HttpBinding }>(
  routes: Iterable<Route>,
): Router<Route> {
  const root = createNode<Route>();
  const verbs = new Set<string>();
  for (const route of routes) {
    const { httpMethod, template } = route.binding;
    const verb = template.verb ?? "";
    verbs.add(verb);
    const ends = plainSegments(route.binding).reduce(descend<Route>, root).ends;
    const methods = ends.get(verb) ?? new Map<string, Route>();
    const other = methods.get(httpMethod)?.binding;
    if (other !== undefined) {
      throw new Error(
        `${httpMethod} ${template.text} of ${route.binding.method} is taken by ${other.template.text} of ${other.method}`,
      );
    }
    methods.set(httpMethod, route);
    ends.set(verb, methods);
  }
  return { match };

  function match(method: string, target: string): Match<Route> {
    const mark = target.indexOf("?");
    const path = originForm(mark < 0 ? target : target.slice(0, mark));
    if (path === undefined) {
      return none;
    }
    const query = mark < 0 ? "" : target.slice(mark + 1);
    const segments = path === "/" ? [] : path.slice(1).split("/");
    const withVerb = segments.at(-1)?.includes(":") ? splitVerb(segments) : undefined;
    const route = withVerb && search(withVerb.segments, withVerb.verb, method);
    if (withVerb !== undefined && route !== undefined) {
      return { kind: "route", route, segments: withVerb.segments, query };
    }
    const plain = search(segments, "", method);
    if (plain !== undefined) {
      return { kind: "route", route: plain, segments, query };
    }
    const allowed = new Set<string>();
    collect(root, segments, 0, "", allowed);
    if (withVerb) {
      collect(root, withVerb.segments, 0, withVerb.verb, allowed);
    }
    if (allowed.size === 0) {
      return none;
    }
    if (allowed.has("GET")) {
      allowed.add("HEAD");
    }
    const allow = [...allowed.add("OPTIONS")].sort().join(", ");
    return { kind: method === "OPTIONS" ? "options" : "method-not-allowed", allow };
  }

  function search(segments: readonly string[], verb: string, method: string): Route | undefined {
    return (
      find(root, segments, 0, verb, method) ??
      (method === "HEAD" ? find(root, segments, 0, verb, "GET") : undefined)
    );
  }

  /** Takes the text after the last colon off when some template has such a verb. */
  function splitVerb(segments: string[]): { segments: string[]; verb: string } | undefined {
    const last = segments.at(-1);
    const colon = last?.lastIndexOf(":") ?? -1;
    if (last === undefined || colon < 0) {
      return undefined;
    }
    const verb = decodeSegment(last.slice(colon + 1)) ?? "";
    return verb !== "" && verbs.has(verb)
      ? { segments: segments.with(-1, last.slice(0, colon)), verb }
      : undefined;
  }
}

function createNode<Route>(): Node<Route> {
  return { literals: new Map(), single: undefined, multi: undefined, ends: new Map() };
}

function plainSegments(binding: HttpBinding): PlainSegment[] {
  return binding.template.segments.flatMap((segment) =>
    segment.kind === "variable" ? segment.segments : [segment],
  );
}

function descend<Route>(node: Node<Route>, segment: PlainSegment): Node<Route> {
  if (segment.kind !== "literal") {
    node[segment.kind] ??= createNode();
    return node[segment.kind] as Node<Route>;
  }
  const next = node.literals.get(segment.value) ?? createNode<Route>();
  node.literals.set(segment.value, next);
  return next;
}

/** Each node of the tree has one depth, so a search looks at each node once at most. */
function find<Route>(
  node: Node<Route>,
  segments: readonly string[],
  at: number,
  verb: string,
  method: string,
): Route | undefined {
  const segment = segments[at];
  if (segment === undefined) {
    return endAt(node, verb, method) ?? (node.multi && endAt(node.multi, verb, method));
  }
  const literal = node.literals.get(
    segment.includes("%") ? (decodeSegment(segment) ?? "") : segment,
  );
  return (
    (literal && find(literal, segments, at + 1, verb, method)) ??
    (node.single && isValue(segment)
      ? find(node.single, segments, at + 1, verb, method)
      : undefined) ??
    (node.multi && areValues(segments, at) ? endAt(node.multi, verb, method) : undefined)
  );
}

function endAt<Route>(node: Node<Route>, verb: string, method: string): Route | undefined {
  const methods = node.ends.get(verb);
  return methods?.get(method) ?? methods?.get("*");
}

/** Collects the methods of every template that fits; only asked when none was found. */
function collect<Route>(
  node: Node<Route>,
  segments: readonly string[],
  at: number,
  verb: string,
  allowed: Set<string>,
): void {
  const segment = segments[at];
  if (segment === undefined) {
    addMethods(node, verb, allowed);
  } else {
    const literal = node.literals.get(decodeSegment(segment) ?? "");
    if (literal) {
      collect(literal, segments, at + 1, verb, allowed);
    }
    if (node.single && isValue(segment)) {
      collect(node.single, segments, at + 1, verb, allowed);
    }
  }
  if (node.multi && areValues(segments, at)) {
    addMethods(node.multi, verb, allowed);
  }
}

function addMethods<Route>(node: Node<Route>, verb: string, allowed: Set<string>): void {
  for (const method of node.ends.get(verb)?.keys() ?? []) {
    allowed.add(method);
  }
}

function isValue(segment: string): boolean {
  return segment !== "" && !isDots(segment);
}

function areValues(segments: readonly string[], from: number): boolean {
  for (let at = from; at < segments.length; at++) {
    if (isDots(segments[at] as string)) {
      return false;
    }
  }
  return true;
}

/** Dot segments, also encoded ones, mean another path to whoever resolves them. */
function isDots(segment: string): boolean {
  return segment.length <= 6 && /^(?:\.|%2e){1,2}$/i.test(segment);
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** The path of a target that may be a whole URL, as a proxy sends it. */
function originForm(path: string): string | undefined {
  return path.startsWith("/") ? path : /^https?:\/\/[^/]+(\/.*)$/i.exec(path)?.[1];
}
