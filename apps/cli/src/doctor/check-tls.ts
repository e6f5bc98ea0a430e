import { isIP } from "node:net";
import { connect, type PeerCertificate } from "node:tls";
import type { CheckTarget, Finding } from "./finding.js";

const check = "TLS";
/** Certificates that renew themselves have done so by then. */
const soonDays = 14;
const dayMs = 24 * 60 * 60 * 1_000;

/** Whether others can listen on the way, and how long the certificate holds; nothing on loopback. */
export async function* checkTls({ url, patienceMs }: CheckTarget): AsyncGenerator<Finding, void> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (protocol === "https:") {
    yield await lookAt(host, Number(port || 443), patienceMs);
  } else if (host !== "localhost" && host !== "::1" && !host.startsWith("127.")) {
    yield {
      check,
      verdict: "warning",
      detail: "none: what is said, credentials too, can be read on the way",
      advice: "put a proxy with a certificate before the gateway, and call https: by --url",
    };
  }
}

async function lookAt(host: string, port: number, timeoutMs: number): Promise<Finding> {
  const seen = await shakeHands(host, port, timeoutMs);
  if (typeof seen === "string") {
    const advice = "calls got through, so a proxy may be between: ask who runs it";
    return { check, verdict: "warning", detail: `it cannot be looked at: ${seen}`, advice };
  }
  const { protocol, certificate } = seen;
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / dayMs);
  const issuer = certificate.issuer.O ?? certificate.issuer.CN ?? "nobody";
  const detail = `${protocol}, a certificate of ${issuer} that holds for ${days} more days`;
  if (days >= soonDays) return { check, verdict: "ok", detail };
  return {
    check,
    verdict: "warning",
    detail,
    advice: "have it renewed: nothing gets through after",
  };
}

interface Handshake {
  readonly protocol: string;
  readonly certificate: PeerCertificate;
}

/** What is agreed on, or why nothing is. */
function shakeHands(host: string, port: number, timeoutMs: number): Promise<Handshake | string> {
  return new Promise((resolve) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    // Whether it is trusted was seen when the gateway answered.
    const socket = connect({ host, port, ...servername, rejectUnauthorized: false });
    const end = (result: Handshake | string) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => end(`nothing within ${timeoutMs} ms`));
    socket.on("error", (error) => end(error.message));
    socket.on("secureConnect", () =>
      end({
        protocol: socket.getProtocol() ?? "TLS",
        certificate: socket.getPeerCertificate(),
      }),
    );
  });
}
