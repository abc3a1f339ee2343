import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Logger } from '#server/logger.ts';

import { provenanceOf } from './origin.ts';

/** A part of the server that speaks over sockets: where, and what takes the request over. */
export type SocketEndpoint = {
	/** All addresses that begin with it, such as `/sync/`. */
	readonly path: `/${string}/`;
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Plain requests below the path, for transports that begin with polling. */
	handleRequest?(request: IncomingMessage, response: ServerResponse): void;
};

export type UpgradeOptions = {
	readonly endpoints: readonly SocketEndpoint[];
	readonly publicUrl: string | undefined;
	/** Vite's own sockets, which it takes itself. */
	readonly leaveToVite: boolean;
	readonly logger: Logger;
};

/**
 * Sends each upgrade to its endpoint, by path. Pages of others are refused before anything of theirs is read, and so is whatever
 * nobody here speaks. Every socket gets an error listener, because one that resets without a listener ends the process.
 */
export function routeUpgrades(server: Server, options: UpgradeOptions): void {
	// One for all: a listener made beside a request would keep it for as long as the socket lives.
	const noteError = (error: unknown) => options.logger.debug({ err: error }, 'A socket failed');
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', noteError);
		if (options.leaveToVite && isViteSocket(request)) return;
		const asked = pathOf(request);
		const endpoint = options.endpoints.find(({ path }) => asked.startsWith(path));
		if (endpoint === undefined) refuse(socket, 404);
		else if (!isAllowedOrigin(request, options.publicUrl)) refuse(socket, 403);
		else endpoint.handleUpgrade(request, socket, head);
	});
	server.on('clientError', (error, socket) => {
		options.logger.debug({ err: error }, 'A client sent what is not HTTP');
		if (socket.writable) refuse(socket, 400);
		else socket.destroy();
	});
}

/** Programs that aren't browsers name no origin and bring no reader's cookies along; a page of somebody else does. */
export function isAllowedOrigin(request: IncomingMessage, publicUrl: string | undefined): boolean {
	return provenanceOf(request.headers, publicUrl) !== 'foreign';
}

export function pathOf(request: IncomingMessage): string {
	return request.url?.split('?', 1)[0] ?? '';
}

function isViteSocket(request: IncomingMessage): boolean {
	const protocol = request.headers['sec-websocket-protocol'];
	return protocol === 'vite-hmr' || protocol === 'vite-ping';
}

function refuse(socket: Duplex, status: number): void {
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
