import {
  createRegistry,
  type DescFile,
  type MessageInitShape,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectRouter } from "@connectrpc/connect";
import {
  createReflectionService,
  type ReflectionRequest,
  type ReflectionResponse,
} from "./reflection-service.js";

type Answer = NonNullable<MessageInitShape<GenMessage<ReflectionResponse>>["messageResponse"]>;

/**
 * Adds gRPC server reflection, v1 and v1alpha, to a Connect router.
 *
 * `files` are those with the services to list; what they import is answered too. Pass generated
 * file descriptors, such as `file_smartcall_v1_runtime`.
 */
export function createReflectionRoutes(
  files: readonly DescFile[],
): (router: ConnectRouter) => void {
  const services = ["grpc.reflection.v1", "grpc.reflection.v1alpha"].map(createReflectionService);
  const catalog = createCatalog([...files, ...services.map((service) => service.file)]);
  return (router) => {
    for (const service of services) {
      router.service(service, {
        async *serverReflectionInfo(requests) {
          for await (const request of requests) {
            yield {
              validHost: request.host,
              originalRequest: request,
              messageResponse: answerTo(request, catalog),
            };
          }
        },
      });
    }
  };
}

interface Catalog {
  types: Registry;
  /** By name, without `.proto`. */
  files: ReadonlyMap<string, DescFile>;
  services: readonly { name: string }[];
}

function createCatalog(files: readonly DescFile[]): Catalog {
  const all = new Set(files.flatMap((file) => [file, ...importsOf(file)]));
  const names = files.flatMap((file) => file.services.map((service) => service.typeName));
  return {
    types: createRegistry(...all),
    files: new Map([...all].map((file) => [file.name, file])),
    services: names.sort().map((name) => ({ name })),
  };
}

function answerTo({ messageRequest }: ReflectionRequest, catalog: Catalog): Answer {
  const { types, files, services } = catalog;
  switch (messageRequest.case) {
    case "listServices":
      return { case: "listServicesResponse", value: { service: [...services] } };
    case "fileByFilename":
      return fileAnswer(files.get(messageRequest.value.replace(/\.proto$/, "")));
    case "fileContainingSymbol":
      return fileAnswer(fileOfSymbol(types, messageRequest.value));
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = messageRequest.value;
      const message = types.getMessage(containingType);
      return fileAnswer(message && types.getExtensionFor(message, extensionNumber)?.file);
    }
    case "allExtensionNumbersOfType":
      return extensionsAnswer(types, messageRequest.value);
    default:
      return errorAnswer(Code.InvalidArgument, "The request asks for nothing.");
  }
}

/** The file of a message, enum, service, extension, or of a method or field in one of them. */
function fileOfSymbol(types: Registry, symbol: string): DescFile | undefined {
  const owner = symbol.slice(0, Math.max(0, symbol.lastIndexOf(".")));
  return (types.get(symbol) ?? (owner ? types.get(owner) : undefined))?.file;
}

/** A file with all that it imports, so that a client need not ask again; itself first. */
function fileAnswer(file: DescFile | undefined): Answer {
  if (!file) return errorAnswer(Code.NotFound, "No such file or symbol.");
  const protos = [file, ...importsOf(file)].map(({ proto }) =>
    toBinary(FileDescriptorProtoSchema, proto),
  );
  return { case: "fileDescriptorResponse", value: { fileDescriptorProto: protos } };
}

function extensionsAnswer(types: Registry, baseTypeName: string): Answer {
  if (!types.getMessage(baseTypeName)) return errorAnswer(Code.NotFound, "No such message.");
  const extensionNumber: number[] = [];
  for (const type of types) {
    if (type.kind === "extension" && type.extendee.typeName === baseTypeName) {
      extensionNumber.push(type.number);
    }
  }
  return { case: "allExtensionNumbersResponse", value: { baseTypeName, extensionNumber } };
}

function errorAnswer(errorCode: number, errorMessage: string): Answer {
  return { case: "errorResponse", value: { errorCode, errorMessage } };
}

function importsOf(file: DescFile): DescFile[] {
  const found = new Set<DescFile>();
  const visit = (from: DescFile) => {
    for (const dependency of from.dependencies) {
      if (found.has(dependency)) continue;
      found.add(dependency);
      visit(dependency);
    }
  };
  visit(file);
  return [...found];
}
