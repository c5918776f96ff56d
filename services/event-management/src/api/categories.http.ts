import { route, type Route } from '@boxoffice/shared/http';
import type { Furnishing } from '../core/add-venues-and-categories';
import type { Listings } from '../core/ports';
import { CategoryRequest } from './category.request';
import { CategoriesView, CategoryView } from './category.view';

export const addCategory = (furnishing: Furnishing): Route =>
  route<CategoryRequest>({
    method: 'POST',
    path: '/categories',
    summary: 'Add a category',
    access: 'admin',
    body: CategoryRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'The category.', body: CategoryView },
    async handle({ body: { name, slug }, idempotency }) {
      return { status: 201, body: await furnishing.addCategory({ name, slug }, idempotency) };
    },
  });

export const listCategories = (listings: Listings): Route =>
  route({
    method: 'GET',
    path: '/categories',
    summary: 'All categories, by name',
    access: 'anyone',
    answers: { status: 200, description: 'All of them.', body: CategoriesView },
    handle: async () => ({ status: 200, body: { items: await listings.categories() } }),
  });
