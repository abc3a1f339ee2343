import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';

export type ComponentGallery = AsyncDisposable & {
	/** Such as `http://localhost:40123/`. */
	readonly url: string;
};

/**
 * The page with every component in its states, built for itself and served.
 * @param port a fixed one, for looking at it; any free one otherwise
 */
export async function openComponentGallery(port = 0): Promise<ComponentGallery> {
	const outDir = await mkdtemp(path.join(tmpdir(), 'boost-board-gallery-'));
	const root = path.resolve('src/lib/components/gallery');
	await build({
		configFile: false,
		logLevel: 'warn',
		root,
		plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
		build: { outDir, emptyOutDir: true, target: 'es2022' },
	});
	const server = await preview({
		configFile: false,
		logLevel: 'warn',
		root,
		build: { outDir },
		preview: { port, host: '127.0.0.1', strictPort: false },
	});
	const address = server.httpServer.address();
	if (address === null || typeof address === 'string') throw new Error('The gallery has no address');
	return {
		url: `http://127.0.0.1:${address.port}/`,
		async [Symbol.asyncDispose]() {
			await server.close();
			await rm(outDir, { recursive: true, force: true });
		},
	};
}
