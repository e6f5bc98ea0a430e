import { toJson } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  EnumDescriptorProtoSchema,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { expect, test } from "vitest";
import { compileProto } from "../test/compile-proto.ts";
import { readImage } from "./image.ts";
import { printProto } from "./print-proto.ts";

/** The structure of a file as JSON, without options: those are not printed. */
function structureOf(file: FileDescriptorProto): unknown {
  const json = [
    ...file.messageType.map((message) => toJson(DescriptorProtoSchema, message)),
    ...file.enumType.map((each) => toJson(EnumDescriptorProtoSchema, each)),
    ...file.extension.map((field) => toJson(FieldDescriptorProtoSchema, field)),
  ];
  return JSON.parse(JSON.stringify(json), (key, value) => (key === "options" ? undefined : value));
}

/** Prints what was compiled, compiles what was printed. */
function roundTrip(text: string) {
  const given = compileProto(text).getFile("test.proto");
  if (given === undefined) throw new Error("nothing was compiled");
  const printed = printProto(given);
  const again = compileProto(printed).getFile("test.proto");
  return { printed, given: structureOf(given.proto), again: again && structureOf(again.proto) };
}

test.each([
  {
    name: "proto2 with labels, defaults, oneofs, ranges and extensions",
    text: `syntax = "proto2";
      package a.b;
      import "google/protobuf/descriptor.proto";
      enum E { option allow_alias = true; A = 0; B = 0; C = -1; reserved 2, 5 to 9; reserved "D"; }
      message M {
        enum Inner { X = 0; }
        message Nested { optional E e = 1 [default = C]; }
        required int32 a = 1 [default = -7];
        optional string b = 2;
        repeated Nested c = 3;
        oneof first { bool d = 4; .google.protobuf.FileOptions e = 5; }
        oneof second { bytes f = 6; }
        optional Inner g = 7;
        reserved 20, 30 to 40, 1000 to max;
        reserved "old";
      }
      message X { extensions 100 to 199; extend X { optional M m = 101; } }
      extend X { repeated sfixed64 n = 100; }`,
  },
  {
    name: "proto3 with and without presence",
    text: `syntax = "proto3";
      package a;
      message M { string a = 1; optional string b = 2; repeated double c = 3; oneof o { int64 d = 4; } }`,
  },
])("$name is printed as it was", ({ text }) => {
  const { given, again } = roundTrip(text);
  expect(again).toEqual(given);
});

test("the copy in third_party is the contract that the installed protovalidate has", () => {
  const copy = readImage().getFile("buf/validate/validate.proto");
  expect(copy && structureOf(copy.proto)).toEqual(structureOf(file_buf_validate_validate.proto));
});
