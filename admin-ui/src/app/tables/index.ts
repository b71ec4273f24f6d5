export { TableIndex } from './table-index';
