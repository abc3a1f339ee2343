import path from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import { dependencyDirection } from './dependency-direction.js';

const cwd = path.resolve('/project');

/**
 * @param {string} file path in the project
 * @param {string} code
 */
function complaints(file, code) {
	const linter = new Linter({ cwd });
	const config = {
		files: ['**/*.ts', '**/*.svelte'],
		plugins: { house: { rules: { 'dependency-direction': dependencyDirection } } },
		rules: { 'house/dependency-direction': /** @type {const} */ ('error') },
	};
	return linter.verify(code, config, path.join(cwd, file)).map(({ message }) => message);
}

/** @type {[string, string][]} */
const allowed = [
	['src/lib/domain/idea.ts', './ids.ts'],
	['src/lib/protocol/commands.ts', '#lib/domain/idea.ts'],
	['src/lib/components/board/Wall.svelte', '../ui/Button.svelte'],
	['src/lib/components/ui/Button.svelte', '#lib/i18n/i18n.svelte.ts'],
	['src/routes/+page.ts', '#lib/protocol/live.ts'],
	['server/ideas/idea-commands.ts', '#lib/domain/idea.ts'],
	['server/ideas/idea-commands.ts', '#lib/i18n/translator.ts'],
	['server/ideas/idea-commands.ts', './idea-queries.ts'],
	['server/ideas/idea-commands.ts', '#server/votes/votes-service.ts'],
	['server/ideas/idea-commands.ts', '#server/db/client.ts'],
	['server/ideas/idea-routes.ts', '#server/http/route.ts'],
	['server/http/http-app.ts', 'express'],
	['server/app.ts', '#server/ideas/idea-routes.ts'],
	['tests/live/room.test.ts', '#server/ideas/idea-queries.ts'],
];

/** @type {[string, string][]} */
const forbidden = [
	['src/lib/domain/idea.ts', '#lib/protocol/commands.ts'],
	['src/lib/domain/idea.ts', '../protocol/commands.ts'],
	['src/lib/protocol/commands.ts', '#server/config.ts'],
	['src/lib/components/ui/Button.svelte', '#lib/domain/idea.ts'],
	['src/lib/components/ui/Button.svelte', '../board/Wall.svelte'],
	['src/routes/+page.server.ts', '#server/db/client.ts'],
	['src/routes/+page.server.ts', '../../server/db/client.ts'],
	['src/routes/+page.svelte', '$lib/domain/idea.ts'],
	['server/ideas/idea-commands.ts', '#lib/live/outbox.ts'],
	['server/ideas/idea-commands.ts', '#lib/i18n/i18n.svelte.ts'],
	['server/ideas/idea-commands.ts', '#server/votes/votes-queries.ts'],
	['server/ideas/idea-routes.ts', 'express'],
	['server/ideas/idea-routes.ts', 'socket.io'],
	['server/ideas/idea-routes.ts', 'ws'],
	['server/db/client.ts', '#server/http/route.ts'],
	['server/live/workshop-room.ts', '#server/ideas/idea-queries.ts'],
];

describe('the dependencies go one way', () => {
	test.each(allowed)('%s may import %s', (file, specifier) => {
		expect(complaints(file, `import '${specifier}';`)).toEqual([]);
	});

	test.each(forbidden)('%s must not import %s', (file, specifier) => {
		expect(complaints(file, `import '${specifier}';`)).toHaveLength(1);
	});

	test('exports and imports at run time count as well', () => {
		const file = 'src/lib/domain/idea.ts';
		expect(complaints(file, `export * from '#server/app.ts';`)).toHaveLength(1);
		expect(complaints(file, `export { app } from '#server/app.ts';`)).toHaveLength(1);
		expect(complaints(file, `await import('#server/app.ts');`)).toHaveLength(1);
	});
});
