import { readdir, readFile } from "node:fs/promises";

/** Descriptors that a process has open, from `/proc`. */
export async function countDescriptors(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/** Bytes that a process holds in memory now, from `/proc`. */
export async function readRss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Descriptors that a process may open, from `/proc`. */
export async function readDescriptorLimit(): Promise<number> {
  const limits = await readFile("/proc/self/limits", "utf8");
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1]);
}

/** Milliseconds that all threads of a process have computed so far, from `/proc`. */
export async function readCpuMs(pid: number): Promise<number> {
  const { ownMs, kernelMs } = await readCpu(pid);
  return ownMs + kernelMs;
}

/** The same, the kernel's work for it apart from its own. */
export async function readCpu(pid: number): Promise<{ ownMs: number; kernelMs: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { ownMs: Number(fields[11]) * 10, kernelMs: Number(fields[12]) * 10 };
}

/** Bytes of all TCP sockets' buffers of the machine, from `/proc/net/sockstat`. */
export async function readSocketMemory(): Promise<number> {
  const sockstat = await readFile("/proc/net/sockstat", "utf8");
  return Number(/^TCP:.* mem (\d+)/m.exec(sockstat)?.[1]) * 4096;
}

/**
 * Bytes that the kernel holds of a server's connections, by the clients' ports, from `/proc/net/tcp`:
 * those the server has written and the client's end has not acknowledged, and those the client has
 * not read.
 */
export async function readQueues(
  port: number,
): Promise<{ sending: Map<number, number>; unread: Map<number, number> }> {
  const sending = new Map<number, number>();
  const unread = new Map<number, number>();
  for (const line of (await readFile("/proc/net/tcp", "utf8")).split("\n").slice(1)) {
    const [, local = "", remote = "", , queues = ""] = line.trim().split(/\s+/);
    const localPort = Number.parseInt(local.split(":")[1] ?? "", 16);
    const remotePort = Number.parseInt(remote.split(":")[1] ?? "", 16);
    const [tx = 0, rx = 0] = queues.split(":").map((text) => Number.parseInt(text, 16));
    if (localPort === port) sending.set(remotePort, tx);
    if (remotePort === port) unread.set(localPort, rx);
  }
  return { sending, unread };
}

/** Bytes that the kernel takes of a connection beyond what it has sent, from `/proc/sys`. */
export async function readUnsentLimit(): Promise<number> {
  return Number(await readFile("/proc/sys/net/ipv4/tcp_notsent_lowat", "utf8"));
}
