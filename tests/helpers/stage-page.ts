import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';

export type { Picture } from './stage/main.ts';

export type StagePage = AsyncDisposable & { readonly url: string };

/** The page that draws a projector's picture of any view, built for itself and served. */
export async function openStagePage(): Promise<StagePage> {
	const outDir = await mkdtemp(path.join(tmpdir(), 'boost-board-stage-'));
	const root = path.resolve('tests/helpers/stage');
	const shared = { configFile: false, logLevel: 'warn', root } as const;
	await build({
		...shared,
		plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
		build: { outDir, emptyOutDir: true, target: 'es2022' },
	});
	const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
	const address = server.httpServer.address();
	if (address === null || typeof address === 'string') throw new Error('The page has no address');
	return {
		url: `http://127.0.0.1:${address.port}/`,
		async [Symbol.asyncDispose]() {
			await server.close();
			await rm(outDir, { recursive: true, force: true });
		},
	};
}
