import { allReasons, reasonInfo } from "@smartcall/protocol";
import { expect, test } from "vitest";
import { errorFromClose } from "./error-from-close.js";

test("every reason comes back from its code and name", () => {
  for (const reason of allReasons) {
    const { closeCode, sentence } = reasonInfo(reason);
    const error = errorFromClose({ code: closeCode, reason });
    expect(error).toMatchObject({ reason, message: sentence });
  }
});

test("a code without a name is a reason of that code", () => {
  for (const reason of allReasons) {
    const { closeCode } = reasonInfo(reason);
    const error = errorFromClose({ code: closeCode, reason: "" });
    expect(reasonInfo(error.reason).closeCode).toBe(closeCode);
  }
});

test("a name that does not belong to the code is only words", () => {
  const error = errorFromClose({ code: 4_200, reason: "INTERNAL" });
  expect(error).toMatchObject({
    reason: "DRAINING",
    message: "The connection was closed with 4200: INTERNAL",
  });
});

test.each([
  { code: 1_000, want: "GATEWAY_UNREACHABLE" },
  { code: 1_001, want: "DRAINING" },
  { code: 1_002, want: "LINK_BROKEN" },
  { code: 1_005, want: "GATEWAY_UNREACHABLE" },
  { code: 1_006, want: "GATEWAY_UNREACHABLE" },
  { code: 1_008, want: "PERMISSION_DENIED" },
  { code: 1_009, want: "PAYLOAD_TOO_LARGE" },
  { code: 1_011, want: "INTERNAL" },
  { code: 1_012, want: "DRAINING" },
  { code: 1_013, want: "GATEWAY_FULL" },
  { code: 1_014, want: "GATEWAY_UNREACHABLE" },
  { code: 3_000, want: "UNAUTHENTICATED" },
  { code: 4_098, want: "INTERNAL" },
  { code: 4_198, want: "GATEWAY_UNREACHABLE" },
  { code: 4_298, want: "DRAINING" },
])("code $code without a text is $want", ({ code, want }) => {
  expect(errorFromClose({ code, reason: "" }).reason).toBe(want);
});
