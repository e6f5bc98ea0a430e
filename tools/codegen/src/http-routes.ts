import type { FileRegistry } from "@bufbuild/protobuf";
import { bindings } from "@smartcall/transcode/template";

/** Every route of the REST face in one line: method, path, where the body goes, and the RPC. */
export function listRoutes(registry: FileRegistry): string[] {
  return [...registry]
    .filter((descriptor) => descriptor.kind === "service")
    .flatMap((service) => service.methods)
    .flatMap((method) =>
      bindings(method).map(({ httpMethod, template, body }) => {
        const place = typeof body === "object" ? body.name : (body ?? "none");
        return `${httpMethod} ${template.text} body ${place} calls ${method.parent.typeName}.${method.name}`;
      }),
    );
}

/** The routes that were there and are not any more: `buf breaking` does not look at them. */
export function findLostRoutes(before: FileRegistry, after: FileRegistry): string[] {
  const routes = new Set(listRoutes(after));
  return listRoutes(before).filter((route) => !routes.has(route));
}
