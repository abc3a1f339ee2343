import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import * as z from 'zod';

/**
 * A page that is rendered on the server asks the REST API over the loopback. So that limits and links still see the person's
 * browser and not the loopback, the page's request is given a pass that the API call brings along (`pagePassHeader`). It is signed
 * with a key that lives as long as the process, because anybody may send a header.
 */
const pass = z.object({ address: z.string(), host: z.string(), baseUrl: z.string(), secure: z.boolean() });
export type PagePass = z.infer<typeof pass>;

export type PagePasses = { issue(value: PagePass): string; read(header: string | undefined): PagePass | null };

export function createPagePasses(): PagePasses {
	const key = randomBytes(32);
	const sign = (content: string) => createHmac('sha256', key).update(content).digest();
	return {
		issue(value) {
			const content = Buffer.from(JSON.stringify(value)).toString('base64url');
			return `${content}.${sign(content).toString('base64url')}`;
		},
		read(header) {
			const [content = '', signature = ''] = header?.split('.') ?? [];
			const expected = sign(content);
			const given = Buffer.from(signature, 'base64url');
			if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
			return pass.parse(JSON.parse(Buffer.from(content, 'base64url').toString()));
		},
	};
}
