// Readers in a process of their own, so that what they cost is not the drill's.
import { serveCommands } from "../processes/serve-commands.ts";
import { type GroupOptions, ReaderGroup } from "../raw/reader-group.ts";

const groups = new Map<string, ReaderGroup>();

function groupOf(name: string): ReaderGroup {
  const group = groups.get(name);
  if (group === undefined) throw new Error(`no group is called ${name}`);
  return group;
}

serveCommands({
  open: async ({ name, options }: { name: string; options: GroupOptions }) => {
    const group = new ReaderGroup(options);
    groups.set(name, group);
    await group.open();
  },
  report: (name: string) => groupOf(name).report(),
  call: (name: string) => groupOf(name).call(),
  close: (name: string) => {
    groupOf(name).close();
    groups.delete(name);
  },
});
process.channel?.ref();
