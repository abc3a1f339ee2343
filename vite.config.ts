import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const runeTests = 'src/**/*.svelte.test.ts';

/** What starts the embedded server itself, or is about sockets, clocks and words and not about the database. */
const nothingToLearnFromAnotherVersion = [
	'tests/integration/{embedded-postgres,launch*}.test.ts',
	'tests/live/leak-scan-{planted,recorder}.test.ts',
	'tests/chaos/{postgres-crash,clocks,half-open,restart,sleep-and-tabs,slow-reader}.test.ts',
];

/**
 * What starts processes runs on a real Postgres, several files at a time; each file clones a database of its own.
 * The same tests run on the embedded server and, where `TEST_DATABASE_URL` names one, on a server of another version.
 */
function integration(name: 'integration' | 'integration-server', groupOrder: number): TestProjectInlineConfiguration {
	return {
		extends: false,
		test: {
			name,
			include: ['tests/integration/**/*.test.ts', 'tests/live/**/*.test.ts', 'tests/chaos/**/*.test.ts'],
			exclude: name === 'integration' ? [] : nothingToLearnFromAnotherVersion,
			globalSetup: ['tests/setup/database-server.ts'],
			environment: 'node',
			testTimeout: 30_000,
			hookTimeout: 60_000,
			maxWorkers: 2,
			sequence: { groupOrder },
		},
	};
}

export default defineConfig(({ mode }) => ({
	plugins: mode === 'test' ? [] : [sveltekit()],
	build: { target: 'es2022' },
	server: { fs: { allow: ['src', 'node_modules', '.svelte-kit'] } },
	test: {
		projects: [
			{
				extends: false,
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/bench/**/*.test.ts', 'eslint/**/*.test.js'],
					exclude: [runeTests],
					environment: 'node',
				},
			},
			{
				extends: false,
				plugins: [svelte({ compilerOptions: { runes: true } })],
				resolve: { conditions: ['browser'] },
				test: { name: 'runes', include: [runeTests], environment: 'node' },
			},
			integration('integration', 1),
			...(process.env.TEST_DATABASE_URL ? [integration('integration-server', 2)] : []),
			{
				extends: false,
				test: {
					name: 'e2e',
					include: ['tests/e2e/**/*.test.ts'],
					globalSetup: ['tests/setup/database-server.ts'],
					environment: 'node',
					testTimeout: 240_000,
					hookTimeout: 120_000,
					maxWorkers: 1,
					sequence: { groupOrder: 3 },
				},
			},
		],
	},
}));
