import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ErrorCode } from '#lib/protocol/errors.ts';

import { DevicePairing } from './device-pairing.svelte.ts';

const device = {
	id: '00000000-0000-4000-8000-000000000001',
	kind: 'screen',
	workshopId: '00000000-0000-4000-8000-000000000002',
	workshopCode: '48210937',
	tableId: null,
};
const inFiveMinutes = new Date(Date.now() + 300_000).toISOString();

type Call = { path: string; body: unknown };

/** The pairing routes of a server, as the device meets them. */
class PairingServer {
	readonly calls: Call[] = [];
	reachable = true;
	session = false;
	approved = false;
	expired = false;
	knownWorkshop = true;
	#codes = 0;

	answer = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
		if (!this.reachable) return Promise.reject(new TypeError('Failed to fetch'));
		const path = (input instanceof Request ? input.url : input.toString()).replace('/api/v1', '');
		const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
		this.calls.push({ path, body });
		return Promise.resolve(this.#respond(path, body));
	};

	#respond(path: string, body: unknown): Response {
		if (path === '/device') return this.session ? json(device) : refusal(401, 'session.missing');
		if (path === '/pairings') {
			const named = typeof body === 'object' && body !== null && 'workshopCode' in body;
			if (named && !this.knownWorkshop) return refusal(404, 'join.codeUnknown');
			this.#codes += 1;
			this.expired = false;
			return json({ code: `ABC23${this.#codes}`, secret: 'secret', expiresAt: inFiveMinutes }, 201);
		}
		if (this.expired) return refusal(410, 'pairing.expired');
		if (!this.approved) return json({ state: 'waiting', expiresAt: inFiveMinutes });
		this.session = true;
		return json({ state: 'approved', deviceId: device.id, kind: device.kind, workshopId: device.workshopId });
	}

	count(path: string): number {
		return this.calls.filter((call) => call.path === path).length;
	}
}

function json(body: unknown, status = 200): Response {
	return new Response(JSON.stringify(body), { status });
}

function refusal(status: number, code: ErrorCode): Response {
	return json({ error: { code } }, status);
}

describe('pairing a device', () => {
	let server: PairingServer;
	let pairing: DevicePairing;

	beforeEach(() => {
		vi.useFakeTimers();
		server = new PairingServer();
		vi.stubGlobal('fetch', server.answer);
		pairing = new DevicePairing({ kind: 'screen' });
	});

	afterEach(() => {
		pairing.stop();
		vi.unstubAllGlobals();
		vi.useRealTimers();
	});

	async function pass(milliseconds: number): Promise<void> {
		await vi.advanceTimersByTimeAsync(milliseconds);
	}

	it('goes straight in when the device is paired already', async () => {
		server.session = true;
		pairing.start();
		await pass(0);
		expect(pairing.progress).toEqual({ state: 'paired', device });
		expect(server.count('/pairings')).toBe(0);
	});

	it('shows a code until a facilitator has approved it', async () => {
		pairing.start();
		await pass(0);
		expect(pairing.progress).toEqual({ state: 'waiting', code: 'ABC231' });
		server.approved = true;
		await pass(2_000);
		expect(pairing.progress.state).toBe('paired');
	});

	it('shows a new code when the old one has run out', async () => {
		pairing.start();
		await pass(0);
		server.expired = true;
		await pass(2_000);
		expect(pairing.progress).toEqual({ state: 'waiting', code: 'ABC232' });
	});

	it('keeps its code while the network is away, and says so', async () => {
		pairing.start();
		await pass(0);
		server.reachable = false;
		await pass(4_000);
		expect(pairing.reachable).toBe(false);
		expect(pairing.progress).toEqual({ state: 'waiting', code: 'ABC231' });
		server.reachable = true;
		server.approved = true;
		await pass(2_000);
		expect(pairing.progress.state).toBe('paired');
	});

	it('begins by itself once the server can be reached', async () => {
		server.reachable = false;
		pairing.start();
		await pass(10_000);
		expect(pairing.reachable).toBe(false);
		server.reachable = true;
		await pass(15_000);
		expect(pairing.progress.state).toBe('waiting');
	});

	it('does without the workshop of its address when nobody knows it', async () => {
		server.knownWorkshop = false;
		pairing = new DevicePairing({ kind: 'screen', workshopCode: '00000000' });
		pairing.start();
		await pass(5_000);
		expect(pairing.progress.state).toBe('waiting');
		expect(server.calls.findLast((call) => call.path === '/pairings')?.body).toEqual({ kind: 'screen' });
	});

	it('asks nothing more after it was stopped', async () => {
		pairing.start();
		await pass(0);
		pairing.stop();
		const calls = server.calls.length;
		await pass(60_000);
		expect(server.calls.length).toBe(calls);
	});
});
