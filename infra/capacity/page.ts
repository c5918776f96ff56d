/** `page` with what stands between `<!-- computed: NAME -->` and the next `<!-- -->` replaced. Throws where a mark is missing or unknown. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(tables));
  const filled = page.replace(/<!-- computed: (\w+) -->\n[\s\S]*?<!-- -->/g, (_, name: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`capacity.md asks for “${name}”, which is not computed`);
    missing.delete(name);
    return `<!-- computed: ${name} -->\n\n${table}\n\n<!-- -->`;
  });
  if (missing.size > 0) throw new Error(`capacity.md has no place for ${[...missing].join(', ')}`);
  return filled;
}
