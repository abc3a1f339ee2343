import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { callApi } from './call-api.ts';

const answering =
	(body: string, status = 200) =>
	() =>
		Promise.resolve(new Response(body, { status }));
const code = z.object({ code: z.string() });

describe('a call of the API', () => {
	it('answers what the schema reads', async () => {
		await expect(callApi('/pairings', code, { fetch: answering('{"code":"ABC234"}') })).resolves.toEqual({
			code: 'ABC234',
		});
	});

	it('refuses with the code of the server', async () => {
		const refusing = answering('{"error":{"code":"pairing.expired"}}', 410);
		await expect(callApi('/pairings', code, { fetch: refusing })).rejects.toMatchObject({ code: 'pairing.expired' });
	});

	it('says that the server is out of reach', async () => {
		const away = () => Promise.reject(new TypeError('Failed to fetch'));
		await expect(callApi('/pairings', code, { fetch: away })).rejects.toMatchObject({ code: 'connection.lost' });
	});

	it('takes a page that is not ours for a fault', async () => {
		const proxy = answering('<h1>Bad gateway</h1>', 502);
		await expect(callApi('/pairings', code, { fetch: proxy })).rejects.toMatchObject({ code: 'server.failed' });
	});

	it('does not pass on what it cannot read', async () => {
		await expect(callApi('/pairings', code, { fetch: answering('{}') })).rejects.toMatchObject({
			code: 'protocol.invalid',
		});
	});
});
