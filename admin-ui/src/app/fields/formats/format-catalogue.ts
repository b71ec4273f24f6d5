import type { Column, FormatName } from '../../model';
import { isNumeric } from './cell-format';

/** One choice or input that refines a format. */
export interface FormatOption {
  readonly name: string;
  readonly label: string;
  readonly input: 'choice' | 'integer' | 'text';
  /** What applies when the option is not set. */
  readonly initial: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly hint?: string;
}

/** A format as the user picks it. */
export interface FormatDescriptor {
  readonly name: FormatName;
  readonly label: string;
  readonly options: readonly FormatOption[];
  readonly suits: (column: Column) => boolean;
}

const GROUPING: FormatOption = {
  name: 'grouping',
  label: 'Thousands',
  input: 'choice',
  initial: 'true',
  choices: [
    { value: 'true', label: 'Grouped' },
    { value: 'false', label: 'Not grouped' },
  ],
};

const DECIMALS: FormatOption = {
  name: 'decimals',
  label: 'Decimals',
  input: 'integer',
  initial: '',
  hint: 'As stored',
};

const DATE_STYLE: FormatOption = {
  name: 'style',
  label: 'Style',
  input: 'choice',
  initial: 'iso',
  choices: [
    { value: 'iso', label: 'ISO' },
    { value: 'short', label: 'Short' },
    { value: 'medium', label: 'Medium' },
    { value: 'long', label: 'Long' },
  ],
};

const ZONE: FormatOption = {
  name: 'zone',
  label: 'Time zone',
  input: 'choice',
  initial: 'local',
  choices: [
    { value: 'local', label: 'Browser' },
    { value: 'UTC', label: 'UTC' },
  ],
};

/** All formats, in the order in which they are offered. */
export const FORMATS: readonly FormatDescriptor[] = [
  { name: 'text', label: 'Text', options: [], suits: () => true },
  { name: 'number', label: 'Number', options: [GROUPING, DECIMALS], suits: isNumeric },
  {
    name: 'currency',
    label: 'Currency',
    options: [
      { name: 'currency', label: 'Currency', input: 'text', initial: 'USD', hint: 'ISO code' },
      {
        name: 'display',
        label: 'Shown as',
        input: 'choice',
        initial: 'symbol',
        choices: [
          { value: 'symbol', label: 'Symbol' },
          { value: 'code', label: 'Code' },
          { value: 'name', label: 'Name' },
        ],
      },
      { ...DECIMALS, hint: 'As usual' },
    ],
    suits: isNumeric,
  },
  {
    name: 'percent',
    label: 'Percent',
    options: [
      {
        name: 'scale',
        label: 'Value',
        input: 'choice',
        initial: 'ratio',
        choices: [
          { value: 'ratio', label: '0.25 is 25%' },
          { value: 'percent', label: '25 is 25%' },
        ],
      },
      DECIMALS,
    ],
    suits: isNumeric,
  },
  {
    name: 'date',
    label: 'Date',
    options: [DATE_STYLE, ZONE],
    suits: ofKind('date', 'timestamp', 'timestamptz'),
  },
  {
    name: 'datetime',
    label: 'Date and time',
    options: [DATE_STYLE, ZONE],
    suits: ofKind('timestamp', 'timestamptz'),
  },
  {
    name: 'relative',
    label: 'Relative date',
    options: [],
    suits: ofKind('date', 'timestamp', 'timestamptz'),
  },
  {
    name: 'badge',
    label: 'Badge',
    options: [],
    suits: ofKind('text', 'enum', 'integer', 'boolean'),
  },
  {
    name: 'link',
    label: 'Link',
    options: [
      {
        name: 'label',
        label: 'Link text',
        input: 'text',
        initial: '',
        hint: 'The address',
      },
    ],
    suits: ofKind('text'),
  },
  {
    name: 'image',
    label: 'Image',
    options: [{ name: 'height', label: 'Height (px)', input: 'integer', initial: '24' }],
    suits: ofKind('text'),
  },
  {
    name: 'boolean',
    label: 'Yes or no',
    options: [
      {
        name: 'style',
        label: 'Shown as',
        input: 'choice',
        initial: 'icon',
        choices: [
          { value: 'icon', label: '✓ or ✗' },
          { value: 'text', label: 'true or false' },
        ],
      },
    ],
    suits: ofKind('boolean', 'integer'),
  },
  {
    name: 'json',
    label: 'JSON',
    options: [],
    suits: (column) => column.array || ['json', 'text', 'other'].includes(column.kind),
  },
];

/** The formats that make sense for a column. */
export function formatsFor(column: Column): readonly FormatDescriptor[] {
  return FORMATS.filter((format) => format.suits(column));
}

/** The descriptor of a format by its name. */
export function formatDescriptor(name: FormatName): FormatDescriptor {
  const descriptor = FORMATS.find((format) => format.name === name);
  if (descriptor === undefined) {
    throw new RangeError(`'${name}' is not a format`);
  }
  return descriptor;
}

function ofKind(...kinds: readonly Column['kind'][]): (column: Column) => boolean {
  return (column) => !column.array && kinds.includes(column.kind);
}
