/** What kind of event it is; the administrator's list. */
export interface Category {
  readonly categoryId: string;
  /** `classical-music`: stable, for links. */
  readonly slug: string;
  readonly name: string;
}
