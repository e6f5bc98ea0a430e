import { readFileSync } from "node:fs";
import { type Application, Converter, ReflectionKind } from "typedoc";

/** Calls modules what people import, such as `@smartcall/link/json`, not where their source is. */
export function load({ converter }: Application): void {
  converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.Module)) return;
    const [, folder, entry = ""] = /^(.*)\/src(\/.*)?$/.exec(reflection.name) ?? [];
    if (folder === undefined) return;
    const manifest = new URL(`../../../${folder}/package.json`, import.meta.url);
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string };
    reflection.name = name + entry;
  });
}
