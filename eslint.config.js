import path from 'node:path';

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import { dependencyDirection } from './eslint/dependency-direction.js';
import svelteConfig from './svelte.config.js';

const typescript = { files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'] };

/** A template that holds a statement of SQL; its place is a `*-queries.ts` file or `server/db`. */
const sqlTemplate = {
	selector:
		'TaggedTemplateExpression[tag.name=/^(sql|tx|trx|db|transaction)$/] TemplateElement[value.raw=/^\\s*(select|insert|update|delete|with|create|alter|drop|truncate|copy|lock|merge|vacuum)\\b/i]',
	message: 'SQL stands in *-queries.ts and in server/db.',
};

const nonErasable = [
	{ selector: 'TSEnumDeclaration', message: 'Use a union of literals: Node runs this file as it is.' },
	{ selector: 'TSParameterProperty', message: 'Declare the field: Node runs this file as it is.' },
];

export default ts.config(
	{ ignores: ['node_modules/', 'build/', '.svelte-kit/', 'data/', 'test-results/', 'coverage/'] },
	js.configs.recommended,
	...ts.configs.strictTypeChecked,
	...ts.configs.stylisticTypeChecked,
	...svelte.configs.recommended,
	...svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.node },
			parserOptions: {
				projectService: true,
				tsconfigRootDir: path.resolve(import.meta.dirname),
				extraFileExtensions: ['.svelte'],
			},
		},
		plugins: { house: { rules: { 'dependency-direction': dependencyDirection } } },
		rules: {
			'house/dependency-direction': 'error',
			eqeqeq: 'error',
			'no-console': 'error',
			'no-restricted-syntax': ['error', ...nonErasable],
			'no-undef': 'off',
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/consistent-indexed-object-style': 'off',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		},
	},
	{
		files: ['src/**'],
		languageOptions: { globals: { ...globals.browser } },
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// The pages live at the root of their origin; a base path isn't offered.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error',
		},
	},
	{
		...typescript,
		ignores: ['**/*-queries.ts', 'server/db/**', 'tests/**', '**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', ...nonErasable, sqlTemplate] },
	},
	{
		files: ['**/*.test.ts', 'tests/**'],
		rules: {
			'@typescript-eslint/no-confusing-void-expression': 'off',
		},
	},
	{
		files: ['**/*.js'],
		extends: [ts.configs.disableTypeChecked],
	},
);
