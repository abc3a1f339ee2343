import { io, type Socket } from 'socket.io-client';

import { isErrorCode, type ErrorCode } from '#lib/protocol/errors.ts';
import {
	protocolVersion,
	type Audience,
	type ClientToServerEvents,
	type ServerToClientEvents,
} from '#lib/protocol/live.ts';

import { isTemporary } from './delivery.ts';

/** What the transport tells; the first three are the server's own events. */
export type TransportEvents = ServerToClientEvents & {
	connected: () => void;
	/** Gone for now; the transport comes back by itself, except after `close`. */
	disconnected: () => void;
	/** The server doesn't let us in, and trying again won't help. */
	refused: (code: ErrorCode) => void;
};

/** The wire as the session sees it; tests put their own in its place. */
export interface LiveTransport {
	open(handlers: TransportEvents): void;
	/**
	 * Sends a command and calls back with the raw acknowledgement. If the connection drops before, there is no call at all:
	 * the sender sends again after `connected`.
	 */
	command(envelope: unknown, acknowledged: (ack: unknown) => void): void;
	resync(): void;
	close(): void;
}

/** Where a program that isn't a page finds the server, and the cookies that say who it is. */
export type ServerAddress = { readonly origin: string; readonly cookie: string };

const firstRetryMs = 500;
const longestRetryMs = 8_000;

/** False in Node, where clients of tests and measurements run. */
const inBrowser = typeof document !== 'undefined';

/** socket.io over WebSocket first and long polling where that is blocked; on the page's own origin, if no other is given. */
export function socketTransport(audience: Audience, workshop: string, server?: ServerAddress): LiveTransport {
	const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(server?.origin, {
		...(server === undefined ? {} : { extraHeaders: { cookie: server.cookie }, forceNew: true }),
		autoConnect: false,
		auth: { version: protocolVersion, audience, workshop },
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		reconnectionDelay: firstRetryMs,
		reconnectionDelayMax: longestRetryMs,
		randomizationFactor: 0.5,
	});
	let retry: ReturnType<typeof setTimeout> | undefined;
	let attempts = 0;
	let closed = false;

	/** socket.io gives up when the server itself hung up; a server that restarts does that, so we come back, spread out. */
	function comeBack(): void {
		if (closed || socket.active) return;
		const limit = Math.min(longestRetryMs, firstRetryMs * 2 ** attempts);
		attempts += 1;
		clearTimeout(retry);
		retry = setTimeout(() => socket.connect(), limit * (0.5 + Math.random() / 2));
	}

	/** A phone that wakes up or finds its network again needn't wait for the next attempt. */
	function nudge(): void {
		if (closed || socket.connected || document.visibilityState === 'hidden') return;
		clearTimeout(retry);
		socket.connect();
	}

	return {
		open(handlers) {
			socket.on('connect', () => {
				attempts = 0;
				handlers.connected();
			});
			socket.on('snapshot', handlers.snapshot);
			socket.on('patch', handlers.patch);
			socket.on('me', handlers.me);
			socket.on('mePatch', handlers.mePatch);
			socket.on('storage', handlers.storage);
			socket.on('goodbye', handlers.goodbye);
			socket.on('disconnect', () => {
				// What socket.io kept back would be sent beside what the outbox sends again.
				socket.sendBuffer = [];
				handlers.disconnected();
				comeBack();
			});
			socket.on('connect_error', (error) => {
				const code = codeOf(error);
				if (code === null || isTemporary(code)) {
					handlers.disconnected();
					comeBack();
				} else {
					handlers.refused(code);
				}
			});
			if (inBrowser) {
				addEventListener('online', nudge);
				document.addEventListener('visibilitychange', nudge);
			}
			socket.connect();
		},
		command: (envelope, acknowledged) => {
			if (socket.connected) socket.emit('command', envelope, acknowledged);
		},
		resync: () => void socket.emit('resync'),
		close() {
			closed = true;
			clearTimeout(retry);
			if (inBrowser) {
				removeEventListener('online', nudge);
				document.removeEventListener('visibilitychange', nudge);
			}
			socket.removeAllListeners();
			socket.disconnect();
		},
	};
}

/** A refusal in the handshake carries `{ code }` as its data. */
function codeOf(error: Error): ErrorCode | null {
	const data: unknown = Reflect.get(error, 'data');
	const code: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'code') : null;
	return isErrorCode(code) ? code : null;
}
