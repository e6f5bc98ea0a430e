import { expect, test } from "vitest";
import * as core from "./index.js";
import * as node from "./node.js";
import * as protobuf from "./protobuf.js";

test("each entry exports what it promises and no more", () => {
  expect(Object.keys(core).sort()).toEqual(["createLink", "createMemoryCarriers"]);
  expect(Object.keys(node).sort()).toEqual(["dialLink", "serveLinkStream"]);
  expect(Object.keys(protobuf).sort()).toEqual(["createProtobufCodec"]);
});
