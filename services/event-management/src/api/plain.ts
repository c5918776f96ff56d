/** What a view class looks like as JSON: the classes are there for OpenAPI, answers are plain objects. */
export type Plain<View> = View extends string | number | boolean | undefined
  ? View
  : View extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Member in keyof View]: Plain<View[Member]> };
