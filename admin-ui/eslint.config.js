import angular from 'angular-eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { folderArrows } from './eslint/folder-arrows.js';

const UNSAFE_HTML = 'Text is bound, never written as HTML.';

export default defineConfig(
  { ignores: ['target/**', 'node_modules/**'] },
  {
    files: ['src/**/*.ts'],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      ...angular.configs.tsRecommended,
    ],
    processor: angular.processInlineTemplates,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { oriel: { rules: { 'folder-arrows': folderArrows } } },
    rules: {
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: ['oriel', 'app'], style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'oriel', style: 'camelCase' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Libraries type plain configuration objects by classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='innerHTML']", message: UNSAFE_HTML },
        { selector: "MemberExpression[property.name='outerHTML']", message: UNSAFE_HTML },
        {
          selector: "MemberExpression[property.name='insertAdjacentHTML']",
          message: UNSAFE_HTML,
        },
        {
          selector: 'MemberExpression[property.name=/^bypassSecurityTrust/]',
          message: UNSAFE_HTML,
        },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
      'oriel/folder-arrows': 'error',
    },
  },
  {
    files: ['src/**/*.spec.ts', 'src/app/testing/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['src/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/no-any': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'BoundAttribute[name=/^(inner|outer)HTML$/]', message: UNSAFE_HTML },
      ],
    },
  },
);
