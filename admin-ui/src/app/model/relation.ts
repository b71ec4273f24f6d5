/** A relation's name with its schema. */
export interface RelationName {
  readonly schema: string;
  readonly relation: string;
}

export type RelationKind =
  'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table';

/**
 * How changes reach the page: at once by triggers, within the poll interval by PostgreSQL's
 * statistics, by reading again on a budget, or not at all.
 */
export type LiveMode = 'triggers' | 'wal' | 'polling' | 'requery' | 'off';

/** What the navigation knows of a relation. */
export interface RelationSummary {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly label: string;
  readonly icon: string | null;
  readonly comment: string | null;
  readonly hidden: boolean;
  /** Null where the table has never been analysed. */
  readonly estimatedRows: number | null;
  readonly live: LiveMode;
}

/** Everything the signed-in user may see of the database. */
export interface SchemaOverview {
  readonly version: string;
  readonly database: string;
  readonly schemas: readonly string[];
  readonly relations: readonly RelationSummary[];
}

/** The family of a column's base type, domains unwrapped. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'timetz'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'enum'
  | 'bytea'
  | 'range'
  | 'network'
  | 'geometric'
  | 'bits'
  | 'xml'
  | 'other';

export type FormatName =
  | 'text'
  | 'number'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'relative'
  | 'badge'
  | 'link'
  | 'image'
  | 'boolean'
  | 'json';

export type FormatOptions = Readonly<Record<string, string>>;

/** How a column is shown; null means that the page guesses. */
export interface Presentation {
  readonly label: string | null;
  readonly format: FormatName | null;
  readonly hidden: boolean | null;
  readonly order: number | null;
  readonly width: number | null;
  readonly options: FormatOptions;
}

export interface Column {
  readonly name: string;
  /** The type as PostgreSQL writes it, `numeric(12,2)` for example. */
  readonly type: string;
  readonly kind: ColumnKind;
  readonly baseType: string;
  /** Whether the column holds an array of its kind. */
  readonly array: boolean;
  readonly nullable: boolean;
  /** The default as an SQL expression. */
  readonly default: string | null;
  readonly identity: 'always' | 'by-default' | null;
  readonly generated: boolean;
  readonly comment: string | null;
  /** The labels of an enum, in declared order. */
  readonly enumValues: readonly string[] | null;
  readonly maxLength: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly insertable: boolean;
  readonly updatable: boolean;
  readonly presentation: Presentation;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: RelationName & { readonly columns: readonly string[] };
}

/** A foreign key elsewhere that points here: `columns` there equal `references` here. */
export interface BackReference extends RelationName {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: readonly string[];
}

export interface Permissions {
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** Why a relation, or some of its columns, cannot be used in some way. */
export interface Limitation {
  /** `unpopulated` and `unreachable` mean that there are no rows to read. */
  readonly code:
    | 'no-key'
    | 'no-privilege'
    | 'no-columns'
    | 'unpopulated'
    | 'unreachable'
    | 'read-only'
    | 'unknown-type';
  /** The reason as a sentence. */
  readonly message: string;
  /** Empty where the whole relation is meant. */
  readonly columns: readonly string[];
}

/** A relation with its columns and keys. */
export interface RelationDetail {
  readonly version: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly label: string;
  readonly comment: string | null;
  /** A template for a row's title, `{first_name} {last_name}` for example. */
  readonly display: string | null;
  readonly estimatedRows: number | null;
  readonly live: LiveMode;
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly permissions: Permissions;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly referencedBy: readonly BackReference[];
  readonly limitations: readonly Limitation[];
}

/** How a relation becomes live, and what SQL that takes. */
export interface LiveInstallation {
  readonly mode: LiveMode;
  readonly installable: boolean;
  readonly sql: string | null;
}
