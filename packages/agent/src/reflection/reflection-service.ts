import {
  create,
  createFileRegistry,
  type DescService,
  type Message,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import type { GenMessage, GenService } from "@bufbuild/protobuf/codegenv2";
import {
  type DescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

/** What a client asks of server reflection. */
export interface ReflectionRequest extends Message {
  host: string;
  messageRequest:
    | {
        case: "fileContainingExtension";
        value: { containingType: string; extensionNumber: number };
      }
    | {
        case:
          | "fileByFilename"
          | "fileContainingSymbol"
          | "allExtensionNumbersOfType"
          | "listServices";
        value: string;
      }
    | { case: undefined; value?: undefined };
}

/** What server reflection answers. */
export interface ReflectionResponse extends Message {
  validHost: string;
  originalRequest?: ReflectionRequest;
  messageResponse:
    | { case: "fileDescriptorResponse"; value: { fileDescriptorProto: Uint8Array[] } }
    | {
        case: "allExtensionNumbersResponse";
        value: { baseTypeName: string; extensionNumber: number[] };
      }
    | { case: "listServicesResponse"; value: { service: { name: string }[] } }
    | { case: "errorResponse"; value: { errorCode: number; errorMessage: string } }
    | { case: undefined; value?: undefined };
}

/** The service `ServerReflection` of one of the packages that clients ask for. */
export type ReflectionService = GenService<{
  serverReflectionInfo: {
    methodKind: "bidi_streaming";
    input: GenMessage<ReflectionRequest>;
    output: GenMessage<ReflectionResponse>;
  };
}>;

type FieldRow = [name: string, number: number, type: string, mark?: "repeated" | "oneof"];

/** https://grpc.github.io/grpc/core/md_doc_server-reflection.html, the same in both packages. */
const messages: Record<string, FieldRow[]> = {
  ServerReflectionRequest: [
    ["host", 1, "string"],
    ["file_by_filename", 3, "string", "oneof"],
    ["file_containing_symbol", 4, "string", "oneof"],
    ["file_containing_extension", 5, "ExtensionRequest", "oneof"],
    ["all_extension_numbers_of_type", 6, "string", "oneof"],
    ["list_services", 7, "string", "oneof"],
  ],
  ExtensionRequest: [
    ["containing_type", 1, "string"],
    ["extension_number", 2, "int32"],
  ],
  ServerReflectionResponse: [
    ["valid_host", 1, "string"],
    ["original_request", 2, "ServerReflectionRequest"],
    ["file_descriptor_response", 4, "FileDescriptorResponse", "oneof"],
    ["all_extension_numbers_response", 5, "ExtensionNumberResponse", "oneof"],
    ["list_services_response", 6, "ListServiceResponse", "oneof"],
    ["error_response", 7, "ErrorResponse", "oneof"],
  ],
  FileDescriptorResponse: [["file_descriptor_proto", 1, "bytes", "repeated"]],
  ExtensionNumberResponse: [
    ["base_type_name", 1, "string"],
    ["extension_number", 2, "int32", "repeated"],
  ],
  ListServiceResponse: [["service", 1, "ServiceResponse", "repeated"]],
  ServiceResponse: [["name", 1, "string"]],
  ErrorResponse: [
    ["error_code", 1, "int32"],
    ["error_message", 2, "string"],
  ],
};

const oneofs: Record<string, string> = {
  ServerReflectionRequest: "message_request",
  ServerReflectionResponse: "message_response",
};

const scalars = new Map([
  ["string", Type.STRING],
  ["bytes", Type.BYTES],
  ["int32", Type.INT32],
]);

/** Makes the service for `grpc.reflection.v1` or `grpc.reflection.v1alpha`. */
export function createReflectionService(packageName: string): ReflectionService {
  const file = create(FileDescriptorProtoSchema, {
    name: `${packageName.replaceAll(".", "/")}/reflection.proto`,
    package: packageName,
    syntax: "proto3",
    messageType: Object.entries(messages).map(([name, rows]) => ({
      name,
      field: rows.map((row) => fieldOf(row, packageName)),
      oneofDecl: oneofs[name] ? [{ name: oneofs[name] }] : [],
    })),
    service: [
      {
        name: "ServerReflection",
        method: [
          {
            name: "ServerReflectionInfo",
            inputType: `.${packageName}.ServerReflectionRequest`,
            outputType: `.${packageName}.ServerReflectionResponse`,
            clientStreaming: true,
            serverStreaming: true,
          },
        ],
      },
    ],
  });
  const registry = createFileRegistry(file, () => undefined);
  const service: DescService | undefined = registry.getService(`${packageName}.ServerReflection`);
  if (!service) throw new Error("The descriptor has no service.");
  return service as ReflectionService;
}

function fieldOf(
  [name, number, type, mark]: FieldRow,
  packageName: string,
): NonNullable<MessageInitShape<typeof DescriptorProtoSchema>["field"]>[number] {
  const scalar = scalars.get(type);
  return {
    name,
    number,
    jsonName: name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    label: mark === "repeated" ? Label.REPEATED : Label.OPTIONAL,
    ...(scalar ? { type: scalar } : { type: Type.MESSAGE, typeName: `.${packageName}.${type}` }),
    ...(mark === "oneof" && { oneofIndex: 0 }),
  };
}
