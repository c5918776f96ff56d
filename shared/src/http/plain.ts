type Leaf = string | number | boolean | null | undefined;

/** What a view class describes, as a plain value: views are classes for OpenAPI's sake alone, nobody makes one. */
export type Plain<View> = View extends Leaf
  ? View
  : View extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Member in keyof View]: Plain<View[Member]> };
