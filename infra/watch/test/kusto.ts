import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';
import published from '../published/tables.json';

/** What a query speaks of, as Microsoft's parser of KQL understands it. */
export interface Reading {
  /** That it does not parse, names what the published tables don't have, or hides what it names. */
  readonly faults: readonly string[];
  readonly tables: readonly string[];
  /** Texts that it compares with, or looks up: names, keys and values. */
  readonly literals: readonly string[];
  /** Of what it answers. */
  readonly columns: readonly string[];
}

/** KQL → what it speaks of. */
export function readQuery(query: string): Reading {
  const code = language.KustoCode.ParseAndAnalyze(query, globals);
  const faults = listed(code.GetDiagnostics()).map(({ Message, Start }) => `${Message} (at ${Start})`);
  const tables = new Set<string>();
  const literals = new Set<string>();
  language.Syntax.SyntaxElement.WalkNodes(code.Syntax, ({ Kind, ReferencedSymbol, LiteralValue }) => {
    if (ReferencedSymbol instanceof language.Symbols.TableSymbol) tables.add(ReferencedSymbol.Name);
    if (Kind === kinds.StringLiteralExpression) literals.add(String(LiteralValue));
    // The parser knows nothing of what is inside of a dynamic column, and a path would not be seen as a text.
    if (Kind === kinds.PathExpression) faults.push("a path: write Properties['…']");
  });
  return {
    faults,
    tables: [...tables],
    literals: [...literals],
    columns: listed(code.ResultType?.Columns).map(({ Name }) => Name),
  };
}

interface List<Item> {
  readonly Count: number;
  getItem(index: number): Item;
}
interface Named {
  readonly Name: string;
}
interface Table extends Named {
  WithName(name: string): Table;
}
interface Node {
  readonly Kind: number;
  readonly ReferencedSymbol: unknown;
  readonly LiteralValue: unknown;
}

/** The little that is used of the package, whose own description of itself names what only a browser has. */
interface Language {
  readonly KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: unknown,
    ): {
      readonly Syntax: Node;
      readonly ResultType: { readonly Columns?: List<Named> } | null;
      GetDiagnostics(): List<{ readonly Message: string; readonly Start: number }>;
    };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly Symbols: {
    readonly TableSymbol: { new (): Table; From(columns: string): Table };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly Table[]) => unknown };
  };
  readonly Syntax: {
    readonly SyntaxKind: Readonly<Record<'StringLiteralExpression' | 'PathExpression', number>>;
    readonly SyntaxElement: { WalkNodes(root: Node, visit: (node: Node) => void): void };
  };
}

const language = (globalThis as unknown as { readonly Kusto: { readonly Language: Language } }).Kusto
  .Language;
const kinds = language.Syntax.SyntaxKind;
const listed = <Item>(list: List<Item> | undefined): readonly Item[] =>
  Array.from({ length: list?.Count ?? 0 }, (_, i) => (list as List<Item>).getItem(i));

const tables = Object.entries(published.tables).map(([name, own]) => {
  const columns = Object.entries({ ...published.common, ...own }).map(
    ([column, type]) => `${column}: ${type}`,
  );
  return language.Symbols.TableSymbol.From(`(${columns.join(', ')})`).WithName(name);
});
const database = new language.Symbols.DatabaseSymbol.ctor('logs', tables);
const globals = language.GlobalState.Default.WithDatabase(database);
