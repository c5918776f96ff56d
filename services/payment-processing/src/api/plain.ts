/** What a view class describes, as the plain object that is sent: the class itself is there for OpenAPI. */
export type Plain<View> = View extends string | number | boolean | undefined
  ? View
  : View extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Member in keyof View]: Plain<View[Member]> };
