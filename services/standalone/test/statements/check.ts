import { Parser } from 'node-sql-parser/build/transactsql';
import { migrations, type Statement } from './statement';

const parser = new Parser();
const mostParameters = 2100;

/** Why SQL Server would refuse a statement, or what it has that we have promised not to send; undefined where all is well. */
export function faultOf({ from, sql, parameters, untold }: Statement): string | undefined {
  if (untold !== undefined) return untold;
  if (parameters > mostParameters) return `${parameters} parameters, ${mostParameters} at most`;
  const words = sql.replace(/"[^"]*"/g, '""');
  const trap = traps.find(({ text }) => text.test(words));
  if (trap) return trap.why;
  const literal = from === migrations ? null : literals.exec(words.replace(withoutInput, ''));
  if (literal) return `${literal[0]} in the text: what may come from input is a parameter`;
  return refusalOfParser(sql);
}

/** What the parser lets pass, or SQLite and others know. */
const traps: readonly { readonly text: RegExp; readonly why: string }[] = [
  { text: /\blimit\b/i, why: 'LIMIT is not T-SQL' },
  { text: /\bmerge\b/i, why: 'MERGE has races of its own: we have promised to do without' },
  { text: /\b(true|false)\b/i, why: 'T-SQL has no boolean literals' },
  { text: /\breturning\b|\bon (conflict|duplicate)\b|\binsert or\b/i, why: 'not T-SQL' },
  {
    text: /\|\||`|\bnulls (first|last)\b|\b(ifnull|strftime|json_extract|group_concat)\(/i,
    why: 'not T-SQL',
  },
  {
    text: /\bfor update\b|\bwith ?\((nolock|updlock|holdlock|\w+lock)\b/i,
    why: 'correctness rests on no lock hint',
  },
  { text: /\(select (?!(distinct )?top\()[^()]*\border by\b[^()]*\)/i, why: 'an order within, without TOP' },
  { text: /\(""(\."")?(, ""(\."")?)+\) ?([<>=]|in\b)/i, why: 'T-SQL compares no pairs' },
  { text: /^(?!.*\border by\b[^()]*\boffset\b).*\boffset\b/is, why: 'a page without an order' },
];

/** Pages, and the empty condition. */
const withoutInput = /\btop\(\d+\)|\boffset 0 rows|\b1 = [01]\b/g;
const literals = /N?'[^']*'|(?<![@\w])\d[\d.]*/;

/** Three things that the parser can't read, though T-SQL has them. Parameters in OFFSET … FETCH, and OFFSET alone: */
const page = / offset (@?\d+) rows(?: fetch next (@?\d+) rows only)?(?=$|\))/gi;

/** And the trigger that keeps a table append only, whose names are quoted. */
const trigger = /^create trigger "\w+" on "\w+" instead of update, delete as throw 5\d{4}, '[^']*', 1$/;

function refusalOfParser(sql: string): string | undefined {
  if (trigger.test(sql)) return undefined;
  try {
    parser.astify(sql.replace(page, ' offset 1 rows fetch next 1 rows only'), { database: 'transactsql' });
    return undefined;
  } catch (error) {
    return `does not parse: ${error instanceof Error ? error.message : String(error)}`;
  }
}
