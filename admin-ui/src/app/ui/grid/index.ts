export { Grid } from './grid';
export type { RowOpening } from './grid';
export { GridCellTemplate, GridHeaderExtraTemplate } from './grid-cell-template';
export type { ColumnMove, ColumnWidth } from './grid-header';
export * from './grid-model';
