import { type DescFile, isFieldSet } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Type as FieldType,
  FieldDescriptorProto_Label as Label,
} from "@bufbuild/protobuf/wkt";

/** One past the largest field number: what `max` stands for. */
const pastMax = 536870912;

/**
 * Writes a proto2 or proto3 descriptor as the source it may have come from.
 *
 * Structure only: comments, services and custom options are left out, which is enough to compile
 * files that import it. The result still wants `buf format`.
 */
export function printProto(file: DescFile): string {
  const { proto } = file;
  return [
    `syntax = "${proto.syntax || "proto2"}";`,
    "",
    `package ${proto.package};`,
    "",
    ...proto.dependency.map((path) => `import "${path}";`),
    ...proto.enumType.flatMap((descriptor) => ["", ...printEnum(descriptor)]),
    ...proto.messageType.flatMap((message) => ["", ...printMessage(message)]),
    "",
    ...printExtensions(proto.extension, proto.package),
    "",
  ].join("\n");

  function printMessage(message: DescriptorProto): string[] {
    return [
      `message ${message.name} {`,
      ...message.enumType.flatMap(printEnum),
      ...message.nestedType.flatMap(printMessage),
      ...printFields(message),
      ...message.extensionRange.map((range) => `extensions ${printRange(range.start, range.end)};`),
      ...message.reservedRange.map((range) => `reserved ${printRange(range.start, range.end)};`),
      ...message.reservedName.map((name) => `reserved "${name}";`),
      ...printExtensions(message.extension, proto.package),
      "}",
    ];
  }

  function printFields(message: DescriptorProto): string[] {
    const lines: string[] = [];
    let openOneof: number | undefined;
    for (const field of message.field) {
      const oneof = oneofOf(field);
      if (oneof !== openOneof) {
        if (openOneof !== undefined) lines.push("}");
        if (oneof !== undefined) lines.push(`oneof ${message.oneofDecl[oneof]?.name} {`);
        openOneof = oneof;
      }
      lines.push(printField(field, oneof !== undefined));
    }
    return openOneof === undefined ? lines : [...lines, "}"];
  }

  function printField(field: FieldDescriptorProto, inOneof: boolean): string {
    const label = inOneof ? "" : labelOf(field, proto.syntax === "proto3");
    const type =
      field.typeName === "" ? scalarName(field.type) : relative(field.typeName, proto.package);
    const fallback = field.defaultValue === "" ? "" : ` [default = ${field.defaultValue}]`;
    return `${label}${type} ${field.name} = ${field.number}${fallback};`;
  }

  function printExtensions(fields: readonly FieldDescriptorProto[], packageName: string): string[] {
    const byExtendee = Map.groupBy(fields, (field) => relative(field.extendee, packageName));
    return [...byExtendee].flatMap(([extendee, extensions]) => [
      `extend ${extendee} {`,
      ...extensions.map((field) => printField(field, false)),
      "}",
    ]);
  }
}

function printEnum(descriptor: EnumDescriptorProto): string[] {
  return [
    `enum ${descriptor.name} {`,
    ...(descriptor.options?.allowAlias ? ["option allow_alias = true;"] : []),
    ...descriptor.value.map((value) => `${value.name} = ${value.number};`),
    // The end of an enum's range is within it, that of a message's is past it.
    ...descriptor.reservedRange.map(({ start, end }) => `reserved ${printRange(start, end + 1)};`),
    ...descriptor.reservedName.map((name) => `reserved "${name}";`),
    "}",
  ];
}

function printRange(start: number, pastEnd: number): string {
  const end = pastEnd >= pastMax ? "max" : pastEnd - 1;
  return start === end ? String(start) : `${start} to ${end}`;
}

/** The oneof that a field was written in; the one that stands for `optional` is none. */
function oneofOf(field: FieldDescriptorProto): number | undefined {
  const isInOneof = isFieldSet(field, FieldDescriptorProtoSchema.field.oneofIndex);
  return isInOneof && !field.proto3Optional ? field.oneofIndex : undefined;
}

function labelOf(field: FieldDescriptorProto, isProto3: boolean): string {
  if (field.label === Label.REPEATED) return "repeated ";
  if (field.label === Label.REQUIRED) return "required ";
  return isProto3 && !field.proto3Optional ? "" : "optional ";
}

function scalarName(type: FieldType): string {
  return FieldType[type].toLowerCase();
}

function relative(typeName: string, packageName: string): string {
  const name = typeName.replace(/^\./, "");
  return name.startsWith(`${packageName}.`) ? name.slice(packageName.length + 1) : name;
}
