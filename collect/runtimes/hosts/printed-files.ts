/** A shell command that prints files one after the other; those that are not there, or go while they are read, are left out. */
export const print = (paths: readonly string[]) =>
  paths
    .map((path) => `if text=$(cat ${path} 2>/dev/null); then printf '<file ${path}>\\n%s\\n' "$text"; fi`)
    .join('; ');

/** What the files hold that {@link print} printed, by path. */
export function filesIn(printed: string): Map<string, string> {
  const parts = printed.split(/^<file (.*)>\n/m).slice(1);
  return new Map(parts.flatMap((path, i) => (i % 2 === 0 ? [[path, parts[i + 1]!] as const] : [])));
}
