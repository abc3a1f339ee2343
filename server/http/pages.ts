import type { Server } from 'node:http';

import type { RequestHandler } from 'express';

/** What answers everything that isn't the API: the built pages, or Vite's while they are being written. */
export type Pages = { readonly handle: RequestHandler; close(): Promise<void> };

/** `build/handler.js`, the way SvelteKit's Node adapter writes it. */
type BuiltHandler = { readonly handler: RequestHandler };

/**
 * The built pages. The adapter takes host and scheme from two headers, which the server sets on every page request itself; it would
 * otherwise think that every request came over https.
 * @param handlerUrl address of `build/handler.js`
 */
export async function builtPages(handlerUrl: URL): Promise<Pages> {
	process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
	process.env.HOST_HEADER = 'x-forwarded-host';
	const { handler } = (await import(handlerUrl.href)) as BuiltHandler;
	return { handle: handler, close: () => Promise.resolve() };
}

/** Pages that change while they are written, those of the current folder. Vite's own socket (`vite-hmr`) uses the same port. */
export async function developmentPages(server: Server): Promise<Pages> {
	const { createServer } = await import('vite');
	const vite = await createServer({ appType: 'custom', server: { middlewareMode: { server }, ws: { server } } });
	return { handle: vite.middlewares, close: () => vite.close() };
}

/** No pages at all: for a server that is only asked through its API. */
export const noPages: Pages = {
	handle(_request, response) {
		response.status(404).type('text/plain').send('Not found');
	},
	close: () => Promise.resolve(),
};
