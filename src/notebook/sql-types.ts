import type { RowOf, TABLES } from '../dataset/schema.js';
import type { RESULTS } from '../results/index.js';

/** What a dataset is asked over: its tables, and the results of every run. */
type Views = typeof TABLES & typeof RESULTS;
type ViewName = keyof Views;
type ViewRow<N extends ViewName> = RowOf<Views[N]>;

/**
 * The type of a query's rows, read from its text as far as `select … from …` tells it: columns of the tables and results, counts,
 * the usual aggregates, and casts (`x::double as y`), which state the type of any expression. What is beyond that
 * (`with`, subqueries, table functions) gives rows of `unknown`.
 */
export type Rows<S extends string> =
  Statement<S> extends [infer List extends string, infer From extends string]
    ? Trim<List> extends '*'
      ? Closed<From> extends true
        ? Scope<From>
        : Unknown
      : Simplify<Fields<Split<List>, Scope<From>>>
    : Unknown;

/** A complaint about a plain column of a query that none of its tables has; never where there is none. */
export type Misspelt<S extends string> =
  Statement<S> extends [infer List extends string, infer From extends string]
    ? Closed<From> extends true
      ? Stranger<Split<List>[number], Scope<From>>
      : never
    : never;

type Unknown = Record<string, unknown>;
type Simplify<T> = { [K in keyof T]: T[K] };

/** The text with the words that structure it in small letters. */
type Keywords<S extends string, Out extends string = ''> = S extends `${infer Word} ${infer Rest}`
  ? Keywords<Rest, `${Out}${Keyword<Word>} `>
  : `${Out}${Keyword<S>}`;
type Keyword<W extends string> =
  Lowercase<W> extends 'select' | 'distinct' | 'from' | 'join' | 'as' ? Lowercase<W> : W;

/** The select list and what follows `from`. */
type Statement<S extends string> = string extends S
  ? false
  : Keywords<Trim<Flat<S>>> extends `select ${infer Rest}`
    ? Until<Rest, ' from '> extends [infer List extends string, infer From extends string]
      ? [WithoutDistinct<Trim<List>>, From]
      : false
    : false;

type WithoutDistinct<S extends string> = S extends `distinct ${infer Rest}` ? Rest : S;

/** All columns of the dataset's tables behind `from` and `join`; what else stands there may have any others. */
type Scope<From extends string> = Merged<Extract<TablesOf<From>, ViewName>>;

/** Whether only tables of the dataset stand behind `from` and `join`. */
type Closed<From extends string> = [TablesOf<From>] extends [ViewName] ? true : false;

type TablesOf<From extends string> = NamesOf<`join ${Trim<From>} `>;

type NamesOf<S extends string> = S extends `${string}join ${infer Name} ${infer Rest}`
  ? Name | NamesOf<Rest>
  : never;

type Merged<T extends ViewName> = {
  [C in T extends ViewName ? keyof ViewRow<T> : never]: T extends ViewName
    ? C extends keyof ViewRow<T>
      ? ViewRow<T>[C]
      : never
    : never;
};

type Fields<Items extends readonly string[], All> = UnionToIntersection<
  { [I in keyof Items]: Field<Items[I], All> }[number]
>;
type UnionToIntersection<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void
  ? I
  : never;

type Field<Item extends string, All> =
  LastAs<Item> extends [infer E extends string, infer Name extends string]
    ? { [K in Name]: Expression<Lowercase<E>, All> }
    : Item extends `${string}.${infer Name}`
      ? { [K in Name]: Column<Name, All> }
      : { [K in Item]: Column<Item, All> };

type Column<Name extends string, All> = Name extends keyof All ? All[Name] : unknown;

type Expression<E extends string, All> = E extends keyof All
  ? All[E]
  : E extends `${string}::${infer T extends keyof Casts}`
    ? Casts[T] | null
    : E extends `count(${string})`
      ? number
      : E extends `${'min' | 'max' | 'any_value' | 'first' | 'mode'}(${infer C extends keyof All & string})`
        ? All[C] | null
        : E extends `${Numeric}(${string})`
          ? number | null
          : E extends `${string}.${infer Name extends keyof All & string}`
            ? All[Name]
            : unknown;

type Numeric = 'avg' | 'sum' | 'median' | 'quantile_cont' | 'quantile_disc' | 'stddev' | 'round';

interface Casts {
  double: number;
  integer: number;
  int: number;
  varchar: string;
  text: string;
  boolean: boolean;
}

type Stranger<Item extends string, All> = Item extends keyof All | '*' | ''
  ? never
  : Item extends `${string}${' ' | '(' | '.' | '*' | "'" | ':' | '"' | '/' | '+' | '-'}${string}`
    ? never
    : Item;

/** An item cut at its last ` as `. */
type LastAs<S extends string, Before extends string = ''> = S extends `${infer A} as ${infer B}`
  ? B extends `${string} as ${string}`
    ? LastAs<B, `${Before}${A} as `>
    : [Trim<`${Before}${A}`>, Trim<B>]
  : false;

/** The pieces of a list between commas that stand in no parentheses. */
type Split<S extends string, Out extends string[] = []> = string extends S
  ? Out
  : Until<S, ','> extends [infer A extends string, infer B extends string]
    ? Split<B, [...Out, Trim<A>]>
    : [...Out, Trim<S>];

/** What is before and behind the first separator in no parentheses. */
type Until<
  S extends string,
  Separator extends string,
  Before extends string = '',
> = S extends `${infer A}${Separator}${infer B}`
  ? Balanced<`${Before}${A}`> extends true
    ? [`${Before}${A}`, B]
    : Until<B, Separator, `${Before}${A}${Separator}`>
  : false;

type Balanced<S extends string> = Count<S, '('> extends Count<S, ')'> ? true : false;
type Count<S extends string, C extends string, N extends 1[] = []> = S extends `${string}${C}${infer R}`
  ? Count<R, C, [...N, 1]>
  : N['length'];

type Flat<S extends string, Out extends string = ''> = S extends `${infer A}\n${infer B}`
  ? Flat<B, `${Out}${Trim<A>} `>
  : `${Out}${Trim<S>}`;
type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S extends `${infer R} ` ? Trim<R> : S;
