export { Layout } from './layout';
export { NotFound } from './not-found';
export { PageTitles } from './page-titles';
